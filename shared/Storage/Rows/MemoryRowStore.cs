namespace PelNas.Shared.Storage.Rows;

/// <summary>Rows in this process, for as long as it runs. Any number of threads may share it.</summary>
public sealed class MemoryRowStore : RowStore
{
    private static readonly Comparer<Entry> ByKeys = Comparer<Entry>.Create((a, b) =>
        string.CompareOrdinal(a.Id.Table, b.Id.Table) is not 0 and var table ? table
        : string.CompareOrdinal(a.Id.Partition, b.Id.Partition) is not 0 and var partition ? partition
        : string.CompareOrdinal(a.Id.Key, b.Id.Key));

    private readonly Lock _lock = new();
    private readonly SortedSet<Entry> _entries = new(ByKeys);
    private long _writes;

    /// <inheritdoc/>
    public override string Location => "memory";

    private protected override Task<PackedRow?> GetCoreAsync(RowId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(id)?.Row);
        }
    }

    private protected override Task<RowPage> ReadPageCoreAsync(
        RowQuery query, int atMost, string? continuation, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            string? from = continuation is null ? query.From : query.After(continuation).From;
            IEnumerable<Entry> range = Range(query.Table, query.Partition, from, query.To).Take(atMost);
            List<PackedRow> rows = [.. range.Select(entry => query.KeysOnly ? entry.Row with { Body = [] } : entry.Row)];
            return Task.FromResult(new RowPage(rows, rows.Count == atMost ? rows[^1].Key : null));
        }
    }

    private protected override Task<string?> TryWriteCoreAsync(
        string table, string partition, IReadOnlyList<PackedWrite> writes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!writes.All(write => write.Condition.HoldsOf(Find(new RowId(table, partition, write.Key))?.Row.ETag)))
            {
                return Task.FromResult<string?>(null);
            }

            string etag = (++_writes).ToString(CultureInfo.InvariantCulture);
            foreach (PackedWrite write in writes)
            {
                Entry entry = new(new RowId(table, partition, write.Key), new PackedRow(write.Key, etag, write.Body));
                _entries.Remove(entry);
                _entries.Add(entry);
            }

            return Task.FromResult<string?>(etag);
        }
    }

    private protected override Task<bool> TryDeleteCoreAsync(RowId id, RowCondition condition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Entry? entry = Find(id);
            bool isDeletable = entry is null || condition.HoldsOf(entry.Row.ETag);
            _ = isDeletable && entry is not null && _entries.Remove(entry);
            return Task.FromResult(isDeletable);
        }
    }

    private protected override Task DeletePartitionCoreAsync(string table, string partition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _entries.ExceptWith([.. Range(table, partition, null, null)]);
        }

        return Task.CompletedTask;
    }

    private Entry? Find(RowId id) => _entries.TryGetValue(Probe(id), out Entry? entry) ? entry : null;

    private IEnumerable<Entry> Range(string table, string partition, string? from, string? to)
    {
        string end = to ?? RowLimits.AfterAllKeys;
        return string.CompareOrdinal(from, end) >= 0
            ? []
            : _entries.GetViewBetween(Probe(new(table, partition, from ?? "")), Probe(new(table, partition, end)))
                .TakeWhile(entry => entry.Id.Key != end);
    }

    private static Entry Probe(RowId id) => new(id, new PackedRow(id.Key, "", []));

    private sealed record Entry(RowId Id, PackedRow Row);
}
