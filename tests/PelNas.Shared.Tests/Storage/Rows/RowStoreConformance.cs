namespace PelNas.Shared.Tests.Storage.Rows;

/// <summary>
/// What every <see cref="IRowStore"/> promises. An adapter takes part by deriving a test class that opens it on storage of its own
/// for each test.
/// </summary>
public abstract partial class RowStoreConformance
{
    protected const string Table = "Things";
    protected const string Partition = "20260301-120000-a:0";

    private IRowStore? _store;

    /// <summary>The store under test.</summary>
    protected IRowStore Store => _store ??= Open();

    /// <summary>Another instance on the same storage, as a second process would have.</summary>
    protected abstract IRowStore Open();

    protected static RowId Id(string key, string partition = Partition) => new(Table, partition, key);

    protected static RowQuery All(string partition = Partition) => new(Table, partition);

    protected static string Number(int number) => number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Text that no compression makes much shorter: some three quarters of it.</summary>
    protected static string Noise(int length, int seed = 1)
    {
        byte[] bytes = new byte[(length * 3 / 4) + 3];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..length];
    }

    protected static RowWrite[] Numbered(int count, Func<int, string> body)
        => [.. Enumerable.Range(0, count).Select(number => new RowWrite(Number(number), body(number)))];

    protected async Task<string[]> KeysAsync(RowQuery query)
        => await Store.QueryAsync(query, Cancellation).Select(row => row.Id.Key).ToArrayAsync(Cancellation);

    /// <summary>The bodies as another process reads them.</summary>
    protected async Task<string[]> BodiesAsync(RowQuery query)
        => await Open().QueryAsync(query, Cancellation).Select(row => row.Body).ToArrayAsync(Cancellation);

    /// <summary>Runs the actions at the same time, each on a thread of its own from the start.</summary>
    protected static Task AtOnce(int count, Func<int, Task> action) => Threads.AtOnceAsync(count, action);

    [Fact]
    public async Task What_was_never_written_is_not_there()
    {
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBeNull();
        (await KeysAsync(All())).ShouldBeEmpty();
        (await Store.TryDeleteAsync(Id("a"), RowCondition.Any, Cancellation)).ShouldBeTrue();
        await Store.DeletePartitionAsync(Table, Partition, Cancellation);
        (await Store.TryPutBatchAsync(Table, Partition, [], Cancellation)).ShouldBeTrue();
        (await KeysAsync(All())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"text":"Grüße, 世界 🚀 ' \" \\ / # ? % + & < >"}""")]
    [InlineData("\0\r\n\t\u001F\u0085\uFFFE\uFFFF")]
    public async Task A_body_comes_back_as_it_was_written(string body)
    {
        string? etag = await Store.TryPutAsync(Id("a"), body, RowCondition.Any, Cancellation);
        (await Open().GetAsync(Id("a"), Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, body));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(87_000)]
    [InlineData(88_000)]
    [InlineData(200_000)]
    [InlineData(930_000)]
    public async Task A_large_body_comes_back_as_it_was_written(int length)
    {
        string body = Noise(length);
        string? etag = await Store.TryPutAsync(Id("a"), body, RowCondition.Any, Cancellation);
        (await Open().GetAsync(Id("a"), Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, body));
        (await Store.QueryAsync(All(), Cancellation).SingleAsync(Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, body));
        await Store.TryPutAsync(Id("a"), "{}", RowCondition.Any, Cancellation);
        (await Open().GetAsync(Id("a"), Cancellation))!.Body.ShouldBe("{}", "nothing of the large one is left");
    }

    [Fact]
    public async Task Tables_partitions_and_keys_are_kept_apart()
    {
        RowId[] ids =
        [
            new("Things", "p", "k"), new("Others", "p", "k"), new("Things", "q", "k"), new("Things", "p", "l"), new("Things", "P", "k"),
            new("Things", "p", "K"), new("Things", "p ", "k"),
        ];
        foreach ((int index, RowId id) in ids.Index())
        {
            (await Store.TryPutAsync(id, Number(index), RowCondition.Absent, Cancellation)).ShouldNotBeNull();
        }

        foreach ((int index, RowId id) in ids.Index())
        {
            (await Open().GetAsync(id, Cancellation))!.Body.ShouldBe(Number(index));
        }

        await Store.DeletePartitionAsync("Things", "p", Cancellation);
        (await KeysAsync(new RowQuery("Things", "p"))).ShouldBeEmpty();
        foreach (RowId id in ids.Where(id => (id.Table, id.Partition) != ("Things", "p")))
        {
            (await Store.GetAsync(id, Cancellation)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_cancelled_call_writes_and_reads_nothing()
    {
        CancellationToken cancelled = new(canceled: true);
        await Store.TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(() => Store.TryPutAsync(Id("a"), "2", RowCondition.Any, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Store.TryPutBatchAsync(Table, Partition, [new("a", "2")], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Store.TryDeleteAsync(Id("a"), RowCondition.Any, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Store.DeletePartitionAsync(Table, Partition, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Store.GetAsync(Id("a"), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Store.QueryAsync(All(), cancelled).CountAsync(Cancellation));
        (await Store.GetAsync(Id("a"), Cancellation))!.Body.ShouldBe("1");
    }

    [Fact]
    public async Task A_query_that_is_cancelled_under_way_ends()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(1_100, _ => "{}"), Cancellation);
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (StoredRow row in Store.QueryAsync(All(), source.Token))
            {
                await source.CancelAsync();
            }
        });
    }
}
