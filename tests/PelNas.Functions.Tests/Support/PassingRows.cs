using System.Runtime.CompilerServices;

namespace PelNas.Functions.Tests.Support;

/// <summary>Rows of another store, of which a test changes what it will.</summary>
/// <param name="inner">The store.</param>
internal abstract class PassingRows(IRowStore inner) : IRowStore
{
    public string Location => inner.Location;

    public async Task<StoredRow?> GetAsync(RowId id, CancellationToken cancellationToken)
    {
        await BeforeReadAsync(id.Table, id.Partition, id.Key);
        return await inner.GetAsync(id, cancellationToken);
    }

    public async IAsyncEnumerable<StoredRow> QueryAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BeforeReadAsync(query.Table, query.Partition, key: null);
        await foreach (StoredRow row in inner.QueryAsync(query, cancellationToken))
        {
            yield return row;
        }
    }

    public virtual async Task<string?> TryPutAsync(RowId id, string body, RowCondition condition, CancellationToken cancellationToken)
    {
        await BeforeWriteAsync(id.Table, id.Partition, id.Key);
        return await inner.TryPutAsync(id, body, condition, cancellationToken);
    }

    public async Task<bool> TryPutBatchAsync(
        string table, string partition, IReadOnlyCollection<RowWrite> writes, CancellationToken cancellationToken)
    {
        await BeforeWriteAsync(table, partition, key: null);
        return await inner.TryPutBatchAsync(table, partition, writes, cancellationToken);
    }

    public async Task<bool> TryDeleteAsync(RowId id, RowCondition condition, CancellationToken cancellationToken)
    {
        await BeforeWriteAsync(id.Table, id.Partition, id.Key);
        return await inner.TryDeleteAsync(id, condition, cancellationToken);
    }

    public async Task DeletePartitionAsync(string table, string partition, CancellationToken cancellationToken)
    {
        await BeforeWriteAsync(table, partition, key: null);
        await inner.DeletePartitionAsync(table, partition, cancellationToken);
    }

    /// <summary>Comes before each read; the key is null where a range is read.</summary>
    protected virtual Task BeforeReadAsync(string table, string partition, string? key) => Task.CompletedTask;

    /// <summary>Comes before each write and deletion; the key is null where it is one of more rows.</summary>
    protected virtual Task BeforeWriteAsync(string table, string partition, string? key) => Task.CompletedTask;
}
