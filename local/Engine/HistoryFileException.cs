using Microsoft.Data.Sqlite;

namespace PelNas.Local.Engine;

/// <summary>The history file cannot be used: damaged, in use, not writable, disk full, of another version. It says what to do.</summary>
/// <param name="path">The history file.</param>
/// <param name="problem">What is wrong and what to do about it.</param>
/// <param name="innerException">The error behind it.</param>
public sealed class HistoryFileException(string path, string problem, Exception? innerException = null)
    : Exception($"The history file '{path}' {problem}", innerException)
{
    internal static HistoryFileException From(string path, SqliteException e) => new(path, Problem(path, e), e);

    // The numbers are SQLite's result codes: https://www.sqlite.org/rescode.html
    private static string Problem(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        11 or 26 => "is damaged or not a history file. "
            + "Move it away together with its -wal and -shm files, or restore it from a copy, and start again.",
        5 or 6 => "is locked by another program. Close what has it open (a database browser, a backup) and start again.",
        8 or 3 => "cannot be written. Give this user write access to it and to its folder, and start again.",
        13 => "cannot grow because the disk is full. Free some space and start again: nothing that was recorded is lost.",
        14 => "cannot be opened or created. "
            + $"Check that the folder '{Path.GetDirectoryName(path)}' exists and this user may write to it.",
        10 => $"cannot be read or written ({e.Message}). Check the disk, and that the file is not on a network share.",
        _ => $"gave an error: {e.Message}.",
    };
}
