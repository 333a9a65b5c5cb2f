using System.Runtime.CompilerServices;

namespace PelNas.Shared.Storage.Rows;

/// <summary>What the adapters share: limits, the stored form of bodies, the chunks of a batch and the pages of a query.</summary>
public abstract class RowStore : IRowStore
{
    private protected RowStore()
    {
    }

    /// <inheritdoc/>
    public abstract string Location { get; }

    /// <inheritdoc/>
    public async Task<StoredRow?> GetAsync(RowId id, CancellationToken cancellationToken)
    {
        RowLimits.Check(id);
        cancellationToken.ThrowIfCancellationRequested();
        return await GetCoreAsync(id, cancellationToken) is { } row ? Unpacked(id, row) : null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRow> QueryAsync(RowQuery query, CancellationToken cancellationToken)
    {
        RowLimits.Check(query);
        return ReadAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> TryPutAsync(RowId id, string body, RowCondition condition, CancellationToken cancellationToken)
    {
        PackedWrite write = PackedWrite.Of(id, body, condition);
        cancellationToken.ThrowIfCancellationRequested();
        return await TryWriteCoreAsync(id.Table, id.Partition, [write], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> TryPutBatchAsync(
        string table, string partition, IReadOnlyCollection<RowWrite> writes, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<PackedWrite> chunk in RowBatch.Split(table, partition, writes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryWriteCoreAsync(table, partition, chunk, cancellationToken) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> TryDeleteAsync(RowId id, RowCondition condition, CancellationToken cancellationToken)
    {
        RowLimits.Check(id);
        if (condition.MustBeAbsent)
        {
            throw new ArgumentException($"The row {id} cannot be deleted on the condition that it is absent.", nameof(condition));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await TryDeleteCoreAsync(id, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeletePartitionAsync(string table, string partition, CancellationToken cancellationToken)
    {
        RowLimits.Check(table, partition);
        cancellationToken.ThrowIfCancellationRequested();
        await DeletePartitionCoreAsync(table, partition, cancellationToken);
    }

    private protected abstract Task<PackedRow?> GetCoreAsync(RowId id, CancellationToken cancellationToken);

    /// <summary>Reads a page.</summary>
    /// <param name="query">The range; its limit is looked after.</param>
    /// <param name="atMost">Most rows, up to 1,000.</param>
    /// <param name="continuation">That of the page before, or null for the first one.</param>
    private protected abstract Task<RowPage> ReadPageCoreAsync(
        RowQuery query, int atMost, string? continuation, CancellationToken cancellationToken);

    /// <summary>Writes one row, or one chunk of a batch, whole or not at all.</summary>
    /// <returns>The ETag of the last row, or null when a condition did not hold.</returns>
    private protected abstract Task<string?> TryWriteCoreAsync(
        string table, string partition, IReadOnlyList<PackedWrite> writes, CancellationToken cancellationToken);

    private protected abstract Task<bool> TryDeleteCoreAsync(RowId id, RowCondition condition, CancellationToken cancellationToken);

    private protected abstract Task DeletePartitionCoreAsync(string table, string partition, CancellationToken cancellationToken);

    private async IAsyncEnumerable<StoredRow> ReadAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int left = query.Limit ?? int.MaxValue;
        string? continuation = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowPage page = await ReadPageCoreAsync(query, Math.Min(left, RowLimits.MaxPageRows), continuation, cancellationToken);
            foreach (PackedRow row in page.Rows)
            {
                yield return Unpacked(new RowId(query.Table, query.Partition, row.Key), row);
            }

            left -= page.Rows.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null && left > 0);
    }

    private StoredRow Unpacked(RowId id, PackedRow row)
    {
        try
        {
            return new StoredRow(id, row.ETag, RowBody.Unpack(row.Body));
        }
        catch (InvalidDataException exception)
        {
            throw StoreException.Unreadable(Location, id, exception);
        }
    }
}

/// <summary>A row as the adapters read it.</summary>
internal sealed record PackedRow(string Key, string ETag, byte[] Body);

/// <summary>A row as the adapters write it.</summary>
internal sealed record PackedWrite(string Key, byte[] Body, RowCondition Condition)
{
    /// <exception cref="ArgumentException">The row is over a limit.</exception>
    public static PackedWrite Of(RowId id, string body, RowCondition condition)
    {
        RowLimits.Check(id);
        return new PackedWrite(id.Key, RowBody.Pack(id, body), condition);
    }
}

/// <summary>Some rows of a range.</summary>
/// <param name="Rows">The rows; there may be none, and still a continuation.</param>
/// <param name="Continuation">What the next page is requested with, or null at the end.</param>
internal sealed record RowPage(IReadOnlyList<PackedRow> Rows, string? Continuation);
