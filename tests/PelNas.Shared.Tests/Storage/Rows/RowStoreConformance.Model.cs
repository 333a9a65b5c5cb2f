namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    private static readonly string[] ModelKeys = ["a", "a ", "a:", "a:1", "b", "é", "世"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_in_whatever_order_the_store_answers_like_a_sorted_dictionary(int seed)
    {
        Random random = new(seed);
        SortedDictionary<string, StoredRow> model = new(StringComparer.Ordinal);
        List<string> etags = ["W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\""];
        IRowStore[] stores = [Store, Open()];
        for (int step = 0; step < 300; step++)
        {
            IRowStore store = stores[random.Next(2)];
            RowId id = Id(ModelKeys[random.Next(ModelKeys.Length)]);
            StoredRow? stored = model.GetValueOrDefault(id.Key);
            RowCondition condition = random.Next(4) switch
            {
                0 => RowCondition.Any,
                1 => RowCondition.Absent,
                2 => RowCondition.Unchanged(stored?.ETag ?? etags[random.Next(etags.Count)]),
                _ => RowCondition.Unchanged(etags[random.Next(etags.Count)]),
            };
            bool holds = condition == RowCondition.Any
                || (stored is null ? condition == RowCondition.Absent : condition == RowCondition.Unchanged(stored.ETag));
            switch (random.Next(10))
            {
                case < 5:
                    string body = Noise(random.Next(4) == 0 ? random.Next(100_000) : random.Next(200), step);
                    string? etag = await store.TryPutAsync(id, body, condition, Cancellation);
                    (etag is not null).ShouldBe(holds, $"step {step}: {condition} of {stored?.ETag}");
                    if (etag is not null)
                    {
                        model[id.Key] = new StoredRow(id, etag, body);
                        etags.Add(etag);
                    }

                    break;
                case 5 when condition != RowCondition.Absent:
                    bool isDeleted = await store.TryDeleteAsync(id, condition, Cancellation);
                    isDeleted.ShouldBe(holds || stored is null, $"step {step}");
                    _ = isDeleted && model.Remove(id.Key);
                    break;
                case 6 when random.Next(10) == 0:
                    await store.DeletePartitionAsync(Table, Partition, Cancellation);
                    model.Clear();
                    break;
                case 7:
                    (await store.GetAsync(id, Cancellation)).ShouldBe(stored, $"step {step}");
                    break;
                default:
                    RowQuery query = All() with
                    {
                        From = random.Next(3) == 0 ? null : ModelKeys[random.Next(ModelKeys.Length)],
                        To = random.Next(3) == 0 ? null : ModelKeys[random.Next(ModelKeys.Length)],
                        Limit = random.Next(2) == 0 ? null : random.Next(1, 5),
                    };
                    (await store.QueryAsync(query, Cancellation).ToListAsync(Cancellation)).ShouldBe(
                        model.Values
                            .Where(row => string.CompareOrdinal(row.Id.Key, query.From) >= 0)
                            .Where(row => query.To is null || string.CompareOrdinal(row.Id.Key, query.To) < 0)
                            .Take(query.Limit ?? int.MaxValue),
                        $"step {step}: {query}");
                    break;
            }
        }
    }
}
