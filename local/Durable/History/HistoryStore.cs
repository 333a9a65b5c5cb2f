using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;

namespace PelNas.Local.Durable.History;

/// <summary>The open history file: reads and transactions, one at a time. Safe for use by many threads.</summary>
internal sealed class HistoryStore : IDisposable
{
    private const int SqliteCorrupt = 11;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<IHistoryObserver> _observers;
    private readonly HistoryFileLock _fileLock;
    private readonly HistoryConnection _connection;
    private ExceptionDispatchInfo? _broken;
    private long _commits;
    private bool _disposed;

    /// <summary>Opens or creates the file and checks it.</summary>
    /// <exception cref="HistoryFileException">It is in use, damaged, of another program or version, or cannot be written.</exception>
    public HistoryStore(string path, IReadOnlyList<IHistoryObserver> observers)
    {
        Path = System.IO.Path.GetFullPath(path);
        _observers = observers;
        _fileLock = HistoryFileLock.Acquire(Path);
        HistoryConnection? connection = null;
        try
        {
            connection = new HistoryConnection(Path);
            HistorySchema.Ensure(connection, Path);
            if (connection.Scalar("PRAGMA quick_check(1)") is not "ok")
            {
                throw new SqliteException("quick_check failed", SqliteCorrupt);
            }

            _connection = connection;
        }
        catch (Exception e) when (e is SqliteException or HistoryFileException)
        {
            connection?.Dispose();
            _fileLock.Dispose();
            if (e is SqliteException error)
            {
                throw HistoryFileException.From(Path, error);
            }

            throw;
        }
    }

    /// <summary>Called after each commit, outside the lock.</summary>
    public event Action<HistoryTransaction>? Committed;

    /// <summary>The history file's full path.</summary>
    public string Path { get; }

    /// <summary>Reads.</summary>
    public T Read<T>(Func<HistoryConnection, T> read)
    {
        lock (_gate)
        {
            EnsureUsable();
            try
            {
                return read(_connection);
            }
            catch (SqliteException e)
            {
                throw HistoryFileException.From(Path, e);
            }
        }
    }

    /// <summary>Runs a transaction: all of it or nothing is recorded.</summary>
    public T Write<T>(Func<HistoryTransaction, T> write)
    {
        HistoryTransaction transaction = new(_connection);
        T result;
        lock (_gate)
        {
            EnsureUsable();
            result = Commit(transaction, write);
        }

        Committed?.Invoke(transaction);
        return result;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _connection.Dispose();
                _fileLock.Dispose();
            }
        }
    }

    private T Commit<T>(HistoryTransaction transaction, Func<HistoryTransaction, T> write)
    {
        HistoryCommit? commit;
        T result;
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            try
            {
                result = write(transaction);
                commit = new HistoryCommit(_commits + 1, transaction.InstanceId, transaction.Events);
                Tell(observer => observer.OnCommitting(commit));
                _connection.Execute("COMMIT");
                _commits++;
            }
            catch
            {
                RollBack();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw HistoryFileException.From(Path, e);
        }

        Tell(observer => observer.OnCommitted(commit));
        return result;
    }

    private void RollBack()
    {
        // Some errors (a full disk, a damaged page) have undone the transaction already.
        if (_connection.InTransaction)
        {
            _connection.Execute("ROLLBACK");
        }
    }

    private void Tell(Action<IHistoryObserver> tell)
    {
        try
        {
            foreach (IHistoryObserver observer in _observers)
            {
                tell(observer);
            }
        }
        catch (Exception e)
        {
            _broken = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    private void EnsureUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _broken?.Throw();
    }
}
