namespace PelNas.Shared.Tests.Support;

/// <summary>Rows whose requests are counted, and whose process may end after a number of writes.</summary>
public sealed class CountingRowStore(IRowStore? inner = null) : IRowStore
{
    private readonly IRowStore _inner = inner ?? new MemoryRowStore();
    private int _reads;
    private int _writes;

    public int Reads => _reads;

    public int Writes => _writes;

    public int Requests => _reads + _writes;

    /// <summary>Writes that are sent before the process ends.</summary>
    public int MostWrites { get; init; } = int.MaxValue;

    public string Location => _inner.Location;

    public Task<StoredRow?> GetAsync(RowId id, CancellationToken cancellationToken) => Read().GetAsync(id, cancellationToken);

    public IAsyncEnumerable<StoredRow> QueryAsync(RowQuery query, CancellationToken cancellationToken)
        => Read().QueryAsync(query, cancellationToken);

    public Task<string?> TryPutAsync(RowId id, string body, RowCondition condition, CancellationToken cancellationToken)
        => Write().TryPutAsync(id, body, condition, cancellationToken);

    public Task<bool> TryPutBatchAsync(
        string table, string partition, IReadOnlyCollection<RowWrite> writes, CancellationToken cancellationToken)
        => Write().TryPutBatchAsync(table, partition, writes, cancellationToken);

    public Task<bool> TryDeleteAsync(RowId id, RowCondition condition, CancellationToken cancellationToken)
        => Write().TryDeleteAsync(id, condition, cancellationToken);

    public Task DeletePartitionAsync(string table, string partition, CancellationToken cancellationToken)
        => Write().DeletePartitionAsync(table, partition, cancellationToken);

    private IRowStore Read()
    {
        Interlocked.Increment(ref _reads);
        return _inner;
    }

    private IRowStore Write() => Interlocked.Increment(ref _writes) > MostWrites ? throw new ProcessEndedException() : _inner;
}

/// <summary>What stands for the end of a process. Nothing retries it and nothing catches it.</summary>
public sealed class ProcessEndedException : Exception;
