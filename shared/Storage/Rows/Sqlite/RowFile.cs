using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Rows.Sqlite;

/// <summary>
/// The database file: creates it for its owner alone, refuses one of another program or layout, opens connections, and turns
/// faults of the file into errors for people.
/// </summary>
internal sealed class RowFile(string file, TimeSpan busyTimeout)
{
    // "PELN", in the file's application_id.
    private const int ApplicationId = 0x50454C4E;

    // In the file's user_version. Up to 6 there was a table for each kind of row.
    private const int Layout = 7;

    private const string Table = """
        CREATE TABLE rows (
            tbl TEXT NOT NULL,
            partition TEXT NOT NULL,
            key TEXT NOT NULL,
            etag INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (tbl, partition, key)) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock _initialization = new();
    private bool _isInitialized;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = System.IO.Path.GetFullPath(file),
        Pooling = false,
        // The client's own retries come on top of SQLite's; 0 would mean for ever.
        DefaultTimeout = Math.Max(1, (int)Math.Ceiling(busyTimeout.TotalSeconds)),
    }.ToString();

    /// <summary>Full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(file);

    /// <summary>Runs reads and writes.</summary>
    /// <exception cref="StoreException">The file is at fault.</exception>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (SqliteFaults.Translate(Path, exception) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Opens a connection, to be used inside <see cref="Run"/>.</summary>
    public SqliteConnection Open()
    {
        lock (_initialization)
        {
            if (!_isInitialized)
            {
                CreateFolder();
                using SqliteConnection connection = Connect();
                Initialize(connection);
                _isInitialized = true;
            }
        }

        return Connect();
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new(_connectionString);
        try
        {
            connection.Open();
            // FULL: what an activity stored must survive a power cut, since the orchestration's history will say it was stored.
            Run(connection, $"PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds}; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Initialize(SqliteConnection connection)
    {
        // Taken for writing at once: two processes that start on the same new file must not both find it empty.
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            long application = (long)Run(connection, "PRAGMA application_id")!;
            long layout = (long)Run(connection, "PRAGMA user_version")!;
            bool isEmpty = application == 0 && layout == 0 && Run(connection, "SELECT count(*) FROM sqlite_schema") is 0L;
            if (isEmpty)
            {
                if (!OperatingSystem.IsWindows())
                {
                    // While it is empty; the log beside it gets the same mode.
                    File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                Run(connection, $"{Table} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Layout};");
            }
            else if (application != ApplicationId)
            {
                throw new StoreException(Path, "is a database of another program", "Choose another file; this one was left as it is.");
            }
            else if (layout != Layout)
            {
                throw new StoreException(Path, $"has layout {layout}, and this program reads layout {Layout}", layout < Layout
                    ? "Move the file away to start with an empty store, and import the runs that you export with the version that wrote it."
                    : "Update the program, or choose another file.");
            }

            transaction.Commit();
        }

        if (Run(connection, "PRAGMA journal_mode = WAL") is not "wal" and var mode)
        {
            throw new StoreException(
                Path,
                $"cannot keep a write-ahead log (its journal mode stays '{mode}')",
                "Put the file on a local disk; a network share will not do.");
        }
    }

    /// <summary>Runs statements and returns the first value of the first row, if there is one.</summary>
    private static object? Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                Path,
                $"has no folder, and it cannot be created ({exception.Message})",
                "Choose a file in a folder that this user may write to.",
                exception);
        }
    }
}
