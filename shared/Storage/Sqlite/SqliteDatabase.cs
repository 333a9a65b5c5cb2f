using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>
/// One database file: opens connections, creates the tables at first use, and runs reads and writes in transactions. Readers see
/// the last commit and wait for nobody (write-ahead log); writers of this process queue here, those of other processes in SQLite.
/// </summary>
/// <remarks>SQLite has no asynchronous I/O: the work itself runs on the caller's thread, and only the queue is awaited.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly string _file;
    private readonly string _connectionString;
    private readonly int _busyTimeoutMs;
    private readonly SemaphoreSlim _writers = new(1, 1);
    private readonly Lock _initialization = new();
    private volatile bool _initialized;

    public SqliteDatabase(string file, TimeSpan busyTimeout)
    {
        _file = Path.GetFullPath(file);
        _busyTimeoutMs = (int)busyTimeout.TotalMilliseconds;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            // The client's own retries come on top of SQLite's; 0 would mean for ever.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(busyTimeout.TotalSeconds)),
        }.ToString();
    }

    /// <summary>Full path of the file.</summary>
    public string File => _file;

    /// <summary>Runs several reads on one snapshot.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(Guarded(connection =>
            {
                using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
                return work(connection);
            }));
        }
        catch (StoreException exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>Runs several writes that take effect together or not at all, and are on disk when the task is done.</summary>
    public Task WriteAsync(Action<SqliteConnection> work, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            work(connection);
            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="WriteAsync(Action{SqliteConnection}, CancellationToken)"/>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            return Guarded(connection =>
            {
                using SqliteTransaction transaction = connection.BeginTransaction();
                T result = work(connection);
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _writers.Release();
        }
    }

    /// <summary>Closes the idle connections, so that the file can be moved.</summary>
    public void Dispose()
    {
        using (SqliteConnection connection = new(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writers.Dispose();
    }

    private T Guarded<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            if (!_initialized)
            {
                Initialize();
            }

            using SqliteConnection connection = Open();
            return work(connection);
        }
        catch (SqliteException exception) when (SqliteFaults.Translate(_file, exception) is { } fault)
        {
            throw fault;
        }
        catch (JsonException exception)
        {
            throw new StoreException(_file, $"holds a row that cannot be read ({exception.Message})", "Delete the run it belongs to, or restore the file from a backup.", exception);
        }
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        try
        {
            connection.Open();
            // FULL: what an activity stored must survive a power cut, since the orchestration's history will say it was stored.
            connection.Execute($"PRAGMA busy_timeout = {_busyTimeoutMs}; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Initialize()
    {
        lock (_initialization)
        {
            if (_initialized)
            {
                return;
            }

            CreateFolder();
            using SqliteConnection connection = Open();
            SqliteSchema.Ensure(connection, _file);
            string mode = connection.Query("PRAGMA journal_mode = WAL", reader => reader.GetString(0)).Single();
            if (mode != "wal")
            {
                throw new StoreException(_file, $"cannot keep a write-ahead log (its journal mode stays '{mode}')", "Put the file on a local disk; a network share will not do.");
            }

            _initialized = true;
        }
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(_file, $"has no folder, and it cannot be created ({exception.Message})", "Choose a file in a folder that this user may write to.", exception);
        }
    }
}
