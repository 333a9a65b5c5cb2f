using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Rows.Sqlite;

/// <summary>Separates faults of the database file from mistakes of this program, and says what to do about the former.</summary>
internal static class SqliteFaults
{
    // https://www.sqlite.org/rescode.html
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The fault of the file that the exception reports, or null when it is no fault of the file.</summary>
    public static StoreException? Translate(string file, SqliteException exception) => exception.SqliteErrorCode switch
    {
        Busy or Locked =>
            new(file, "is locked by another process", "Wait until that process is done or stop it, then try again.",
                exception, StoreFaultKind.Passing),
        ReadOnly or Perm =>
            new(file, "is read-only", "Give this user write access to the file and to its folder, or choose another file.", exception),
        Corrupt or NotADatabase =>
            new(file, "is damaged or is not a SQLite database",
                "Restore it from a backup, or move it away to start with an empty store.", exception),
        Full => new(file, "cannot grow: the disk is full", "Free some space, or choose a file on another disk.", exception),
        CannotOpen =>
            new(file, "cannot be opened",
                "Check that its folder exists, that this user may write there, and that no folder has the file's name.", exception),
        IoError => new(file, $"cannot be read or written ({exception.Message})", "Check the disk; a network share will not do.", exception),
        _ => null,
    };
}
