using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace PelNas.Local.Engine.History;

/// <summary>
/// The open history file. One thread makes all changes, as many in a transaction as have come together meanwhile, so that a fan-out is not
/// a commit for each task. After a change that fails the file takes no more: what is in it is then not what the rest of the process
/// believes. Safe for use by many threads.
/// </summary>
internal sealed class HistoryFile : IDisposable
{
    private const int SqliteCorrupt = 11;
    private const int MostChangesInATransaction = 256;

    private readonly BlockingCollection<Change> _changes = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _readGate = new();
    private readonly string _path;
    private readonly IHistoryObserver[] _observers;
    private readonly TimeProvider _time;
    private readonly Action<InstanceChanges> _committed;
    private readonly IDisposable _fileLock;
    private readonly HistoryConnection _writer;
    private readonly HistoryConnection _reader;
    private readonly Thread _thread;
    private long _lastKey;
    private long _commits;

    /// <summary>
    /// Opens or creates the file and checks it. <paramref name="committed"/> is told of every change that was committed, in their order, on
    /// the thread that makes them.
    /// </summary>
    /// <exception cref="HistoryFileException">It is in use, damaged, of another program or version, or cannot be written.</exception>
    public HistoryFile(string path, IEnumerable<IHistoryObserver> observers, TimeProvider time, Action<InstanceChanges> committed)
    {
        (_path, _observers, _time, _committed) = (Path.GetFullPath(path), [.. observers], time, committed);
        _fileLock = HistoryFileLock.Take(_path);
        HistoryConnection? writer = null;
        try
        {
            writer = new HistoryConnection(_path, canWrite: true);
            HistorySchema.Ensure(writer, _path);
            if (writer.Scalar("PRAGMA quick_check(1)") is not "ok")
            {
                throw new SqliteException("quick_check failed", SqliteCorrupt);
            }

            _lastKey = (long)writer.Scalar(HistorySchema.LastKey)!;
            _reader = new HistoryConnection(_path, canWrite: false);
            _writer = writer;
        }
        catch (Exception e) when (e is SqliteException or HistoryFileException)
        {
            writer?.Dispose();
            _fileLock.Dispose();
            throw e is SqliteException error ? HistoryFileException.From(_path, error) : e;
        }

        _thread = new Thread(MakeChanges) { IsBackground = true, Name = "PEL-NAS history" };
        _thread.Start();
    }

    /// <summary>Ends, with the error, when the file can no longer be used; never otherwise.</summary>
    public Task Failed => _failed.Task;

    private Exception? Failure => Failed.Exception?.InnerException;

    /// <summary>Reads what has been committed.</summary>
    /// <exception cref="HistoryFileException">The file cannot be read, or has failed before.</exception>
    public T Read<T>(Func<HistoryConnection, T> read)
    {
        lock (_readGate)
        {
            ThrowIfUnusable();
            try
            {
                return read(_reader);
            }
            catch (SqliteException e)
            {
                throw Fail(e);
            }
        }
    }

    /// <summary>Makes a change. Done once it is committed.</summary>
    /// <exception cref="HistoryFileException">The file cannot be written, or has failed before.</exception>
    public Task<T> ChangeAsync<T>(Func<InstanceChanges, T> change)
    {
        ThrowIfUnusable();
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        InstanceChanges changes = new(_writer, () => ++_lastKey, _time.GetUtcNow().UtcDateTime);
        _changes.Add(new Change(changes, () => result = change(changes), () => done.SetResult(result), done.SetException));
        return done.Task;
    }

    /// <summary>Makes the changes that have been asked for, and closes the file.</summary>
    public void Dispose()
    {
        if (!_changes.IsAddingCompleted)
        {
            _changes.CompleteAdding();
            _thread.Join();
            lock (_readGate)
            {
                // The last to close empties the write-ahead log, which takes the right to write.
                _reader.Dispose();
                _writer.Dispose();
            }

            _fileLock.Dispose();
        }
    }

    private void MakeChanges()
    {
        // With observers each change is a transaction, so that it can be told by itself.
        int most = _observers.Length > 0 ? 1 : MostChangesInATransaction;
        foreach (Change first in _changes.GetConsumingEnumerable())
        {
            List<Change> batch = [first];
            while (batch.Count < most && _changes.TryTake(out Change? next))
            {
                batch.Add(next);
            }

            try
            {
                Commit(batch);
                batch.ForEach(change => change.Done());
            }
            catch (Exception e)
            {
                Fail(e);
                batch.ForEach(change => change.Failed(Failure!));
            }
        }
    }

    private void Commit(List<Change> batch)
    {
        ThrowIfUnusable(isClosing: true);
        _writer.Execute("BEGIN IMMEDIATE");
        batch.ForEach(change => change.Make());
        HistoryCommit commit = new(++_commits, batch[0].Changes.InstanceId, batch[0].Changes.Events);
        Array.ForEach(_observers, observer => observer.OnCommitting(commit));
        _writer.Execute("COMMIT");
        batch.ForEach(change => _committed(change.Changes));
        Array.ForEach(_observers, observer => observer.OnCommitted(commit));
    }

    private Exception Fail(Exception e)
    {
        _failed.TrySetException(e is SqliteException error ? HistoryFileException.From(_path, error) : e);
        return Failure!;
    }

    private void ThrowIfUnusable(bool isClosing = false)
    {
        ObjectDisposedException.ThrowIf(_changes.IsAddingCompleted && !isClosing, this);
        if (Failure is { } failure)
        {
            throw failure;
        }
    }

    private sealed record Change(InstanceChanges Changes, Action Make, Action Done, Action<Exception> Failed);
}
