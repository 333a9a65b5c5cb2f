using System.Collections.Concurrent;

namespace PelNas.Shared.Storage.Rows.Sqlite;

/// <summary>
/// Rows in one SQLite file, for one machine. Any number of threads may share an instance, and several processes a file on a
/// local disk. Readers see the last commit and wait for nobody (write-ahead log).
/// </summary>
public sealed class SqliteRowStore : RowStore, IDisposable
{
    private readonly RowFile _file;
    private readonly WriteQueue _writes;
    private readonly ConcurrentBag<RowStatements> _readers = [];
    private volatile bool _isDisposed;

    /// <summary>Keeps rows in a file. The first use opens it, or creates it with its folder, for its owner alone.</summary>
    /// <param name="file">Path of the file. Beside it SQLite keeps two more, <c>-wal</c> and <c>-shm</c>: copy all three or none.</param>
    /// <param name="busyTimeout">How long to wait for another process that is writing; 30 s unless given.</param>
    public SqliteRowStore(string file, TimeSpan? busyTimeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        TimeSpan wait = busyTimeout ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, nameof(busyTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, TimeSpan.FromHours(1), nameof(busyTimeout));
        _file = new RowFile(file, wait);
        _writes = new WriteQueue(_file);
    }

    /// <summary>Full path of the file.</summary>
    public override string Location => _file.Path;

    /// <summary>Finishes the writes that wait and closes the connections, so that the file can be moved.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _writes.Dispose();
        foreach (RowStatements reader in _readers)
        {
            reader.Dispose();
        }
    }

    private protected override Task<PackedRow?> GetCoreAsync(RowId id, CancellationToken cancellationToken)
        => Task.FromResult(Read(statements => statements.Get(id)));

    private protected override Task<RowPage> ReadPageCoreAsync(
        RowQuery query, int atMost, string? continuation, CancellationToken cancellationToken)
        => Task.FromResult(Read(statements => statements.Page(query, atMost, continuation)));

    private protected override Task<string?> TryWriteCoreAsync(
        string table, string partition, IReadOnlyList<PackedWrite> writes, CancellationToken cancellationToken)
        => _writes.RunAsync(statements => statements.TryWrite(table, partition, writes), cancellationToken);

    private protected override Task<bool> TryDeleteCoreAsync(RowId id, RowCondition condition, CancellationToken cancellationToken)
        => _writes.RunAsync(statements => statements.TryDelete(id, condition), cancellationToken);

    private protected override Task DeletePartitionCoreAsync(string table, string partition, CancellationToken cancellationToken)
        => _writes.RunAsync(statements => statements.Delete(new RowQuery(table, partition)), cancellationToken);

    /// <summary>Reads on the caller's thread: SQLite has no asynchronous I/O, and what is read is in memory as a rule.</summary>
    private T Read<T>(Func<RowStatements, T> work) => _file.Run(() =>
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RowStatements statements = _readers.TryTake(out RowStatements? idle) ? idle : new RowStatements(_file.Open());
        bool isSound = false;
        try
        {
            T result = work(statements);
            isSound = true;
            return result;
        }
        finally
        {
            if (isSound)
            {
                _readers.Add(statements);
            }
            else
            {
                statements.Dispose();
            }
        }
    });
}
