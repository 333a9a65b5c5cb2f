using Azure.Data.Tables;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

/// <summary>The conformance suite on tables, over HTTP against the emulator, and what goes over the wire.</summary>
public sealed class AzureTablesRowStoreTests(AzuriteFixture azurite) : RowStoreConformance, IAsyncLifetime
{
    private readonly RequestHooks _hooks = new();
    private AzuriteStores? _stores;

    public async ValueTask InitializeAsync() => _stores = new AzuriteStores(await azurite.Server);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IRowStore Open() => _stores!.OpenRows();

    [Fact]
    public async Task A_table_is_created_by_whichever_request_finds_it_missing()
    {
        AzureTablesRowStore store = _stores!.OpenRows();
        (await store.GetAsync(new("Table1", "p", "k"), Cancellation)).ShouldBeNull();
        (await store.QueryAsync(new("Table2", "p"), Cancellation).CountAsync(Cancellation)).ShouldBe(0);
        (await store.TryPutAsync(new("Table3", "p", "k"), "{}", RowCondition.Absent, Cancellation)).ShouldNotBeNull();
        (await store.TryPutBatchAsync("Table4", "p", Numbered(3, _ => "{}"), Cancellation)).ShouldBeTrue();
        (await store.TryDeleteAsync(new("Table5", "p", "k"), RowCondition.Any, Cancellation)).ShouldBeTrue();
        (await store.TryPutAsync(new("Table6", "p", "k"), "{}", RowCondition.Unchanged("W/\"x\""), Cancellation)).ShouldBeNull();
        await store.DeletePartitionAsync("Table7", "p", Cancellation);
        (await store.QueryAsync(new("Table3", "p"), Cancellation).CountAsync(Cancellation)).ShouldBe(1);
        (await store.QueryAsync(new("Table4", "p"), Cancellation).CountAsync(Cancellation)).ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_find_the_table_missing_all_write()
    {
        IRowStore[] stores = [Store, Open()];
        await AtOnce(8, number => stores[number % 2].TryPutAsync(Id(Number(number)), "{}", RowCondition.Absent, Cancellation));
        (await KeysAsync(All())).Length.ShouldBe(8);
    }

    [Fact]
    public async Task Writes_bring_nothing_back_and_take_one_request_each()
    {
        AzureTablesRowStore store = await HookedAsync();
        long before = _hooks.Received;
        string body = Noise(5_000);
        string etag = (await store.TryPutAsync(Id("a"), body, RowCondition.Absent, Cancellation))!;
        etag = (await store.TryPutAsync(Id("a"), body, RowCondition.Unchanged(etag), Cancellation))!;
        await store.TryPutAsync(Id("a"), body, RowCondition.Any, Cancellation);
        await store.TryDeleteAsync(Id("a"), RowCondition.Any, Cancellation);
        _hooks.Sent.Count.ShouldBe(4);
        (_hooks.Received - before).ShouldBe(0);

        await store.TryPutBatchAsync(Table, Partition, Numbered(100, number => Noise(1_000, number)), Cancellation);
        _hooks.Sent.Count.ShouldBe(5);
        (_hooks.Received - before).ShouldBeLessThan(100 * 500, "of each row its ETag and other headers, not its body");
    }

    [Fact]
    public async Task Reads_take_one_request_a_row_or_page_and_bring_only_what_is_needed()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(1_500, number => Noise(300, number)), Cancellation);
        AzureTablesRowStore store = await HookedAsync();
        (await store.GetAsync(Id(Number(7)), Cancellation)).ShouldNotBeNull();
        _hooks.Sent.Count.ShouldBe(1);
        (await store.QueryAsync(All() with { From = Number(10), To = Number(20) }, Cancellation).CountAsync(Cancellation)).ShouldBe(10);
        (await store.QueryAsync(All() with { Limit = 5 }, Cancellation).CountAsync(Cancellation)).ShouldBe(5);
        _hooks.Sent.Count.ShouldBe(3);
        long before = _hooks.Received;
        (await store.QueryAsync(All(), Cancellation).CountAsync(Cancellation)).ShouldBe(1_500);
        _hooks.Sent.Count.ShouldBe(5);
        long rows = _hooks.Received - before;
        (await store.QueryAsync(All() with { KeysOnly = true }, Cancellation).CountAsync(Cancellation)).ShouldBe(1_500);
        _hooks.Sent.Count.ShouldBe(7);
        long keys = _hooks.Received - before - rows;
        keys.ShouldBeLessThan(1_500 * 140, "a key and an ETag");
        rows.ShouldBeLessThan(1_500 * 520, "and a body, without partition and time");
        _hooks.Sent.ShouldAllBe(request => request.IsBounded);
    }

    [Fact]
    public async Task A_partition_is_deleted_with_a_query_a_thousand_rows_and_a_transaction_a_hundred()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(1_250, _ => "{}"), Cancellation);
        AzureTablesRowStore store = await HookedAsync();
        await store.DeletePartitionAsync(Table, Partition, Cancellation);
        _hooks.Sent.Count.ShouldBe(2 + 13);
        _hooks.Sent.ShouldAllBe(request => request.IsBounded);
    }

    [Fact]
    public async Task A_partition_of_which_somebody_else_deletes_rows_is_deleted()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(150, _ => "{}"), Cancellation);
        AzureTablesRowStore store = await HookedAsync();
        _hooks.Before = request => request.IsWrite && !_hooks.Sent.Any(sent => sent.IsWrite)
            ? Store.TryDeleteAsync(Id(Number(50)), RowCondition.Any, Cancellation)
            : Task.CompletedTask;
        await store.DeletePartitionAsync(Table, Partition, Cancellation);
        (await KeysAsync(All())).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_request_and_no_entity_is_over_the_limits_of_the_service()
    {
        AzureTablesRowStore store = await HookedAsync();
        string partition = new('世', 512);
        RowWrite[] largest = LongKeys('\'', Numbered(8, number => Noise(930_000, number)));
        RowWrite[] longest = LongKeys('世', Numbered(250, number => Noise(50_000, number)));
        (await store.TryPutBatchAsync(Table, partition, largest, Cancellation)).ShouldBeTrue();
        (await store.TryPutBatchAsync(Table, Partition, longest, Cancellation)).ShouldBeTrue();
        _hooks.Sent.Max(request => request.Length).ShouldBeInRange(3 * 1024 * 1024, RowBatch.MaxBytes);
        List<TableEntity> entities = await _stores!.Table(Table).QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .ToListAsync(Cancellation);
        entities.Count.ShouldBe(largest.Length + longest.Length + 1);
        entities.Max(Size).ShouldBeInRange(690_000, 1024 * 1024);
        entities.Max(entity => entity.Count).ShouldBeLessThan(252);
        entities.SelectMany(entity => entity.Select(property => property.Value)).OfType<byte[]>()
            .Max(bytes => bytes.Length).ShouldBeLessThanOrEqualTo(64 * 1024);
    }

    [Fact]
    public async Task A_row_of_several_pieces_that_changes_between_its_two_reads_is_read_as_it_is_then()
    {
        await Store.TryPutAsync(Id("a"), Noise(200_000, 1), RowCondition.Any, Cancellation);
        AzureTablesRowStore store = await HookedAsync();
        string newer = Noise(150_000, 2);
        _hooks.After = _ => _hooks.Sent.Count == 1 ? Store.TryPutAsync(Id("a"), newer, RowCondition.Any, Cancellation) : Task.CompletedTask;
        StoredRow? row = await store.GetAsync(Id("a"), Cancellation);
        row!.Body.ShouldBe(newer);
        (await Store.TryPutAsync(Id("a"), "{}", RowCondition.Unchanged(row.ETag), Cancellation))
            .ShouldNotBeNull("the ETag is that of the body");

        await Store.TryPutAsync(Id("a"), newer, RowCondition.Any, Cancellation);
        _hooks.Sent.Clear();
        _hooks.After = _ => _hooks.Sent.Count == 1 ? Store.TryDeleteAsync(Id("a"), RowCondition.Any, Cancellation) : Task.CompletedTask;
        (await store.QueryAsync(All(), Cancellation).CountAsync(Cancellation)).ShouldBe(0);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("a-b")]
    [InlineData("a23456789012345678901")]
    public async Task A_prefix_that_no_table_can_have_is_refused(string prefix)
    {
        AzuriteServer server = await azurite.Server;
        Should.Throw<ArgumentException>(() => new AzureTablesRowStore(new TableServiceClient(server.ConnectionString()), prefix));
    }

    /// <summary>
    /// Bytes of an entity as the service counts them, with the keys as properties, which makes it larger.
    /// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    /// </summary>
    private static int Size(TableEntity entity)
        => 4 + entity.Sum(property =>
            8 + (2 * property.Key.Length) + 4 + (property.Value is byte[] bytes ? bytes.Length : 2 * $"{property.Value}".Length));

    private static RowWrite[] LongKeys(char prefix, RowWrite[] writes)
        => [.. writes.Select(write => write with { Key = new string(prefix, 502) + write.Key })];

    /// <summary>A store whose requests run through the hooks, on a table that is there.</summary>
    private async Task<AzureTablesRowStore> HookedAsync()
    {
        await Store.TryPutAsync(Id("a", partition: "other"), "{}", RowCondition.Any, Cancellation);
        return _stores!.OpenRows(configure: _hooks.AddTo);
    }
}
