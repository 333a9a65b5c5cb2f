using Microsoft.Data.Sqlite;

namespace PelNas.Local.Durable.History;

/// <summary>The history file cannot be used: damaged, in use, not writable, disk full, of a later version. The message says what to do.</summary>
public sealed class HistoryFileException : Exception
{
    private const int SqlitePermission = 3;
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>Makes an exception.</summary>
    /// <param name="path">The history file.</param>
    /// <param name="problem">What is wrong and what to do about it.</param>
    /// <param name="innerException">The error behind it.</param>
    public HistoryFileException(string path, string problem, Exception? innerException = null)
        : base($"The history file '{path}' {problem}", innerException) => Path = path;

    /// <summary>The history file.</summary>
    public string Path { get; }

    internal static HistoryFileException From(string path, SqliteException e) => new(path, Problem(path, e), e);

    private static string Problem(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        SqliteCorrupt or SqliteNotADatabase =>
            "is damaged or not a history file. Move it away together with its -wal and -shm files, or restore it from a copy, and start again.",
        SqliteBusy or SqliteLocked => "is locked by another program. Close what has it open (a database browser, a backup) and start again.",
        SqliteReadOnly or SqlitePermission => "cannot be written. Give this user write access to it and to its folder, and start again.",
        SqliteFull => "cannot grow because the disk is full. Free some space and start again: nothing that was recorded is lost.",
        SqliteCannotOpen => $"cannot be opened or created. Check that the folder '{System.IO.Path.GetDirectoryName(path)}' exists and this user may write to it.",
        SqliteIoError => $"cannot be read or written ({e.Message}). Check the disk, and that the file is not on a network share.",
        _ => $"gave an error: {e.Message}.",
    };
}
