using Azure.Core;
using Azure.Data.Tables;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

/// <summary>A network and a service that fail, with the client's own transport and retries: nothing is lost, nothing doubled.</summary>
public sealed class RowFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly RowId Id = new("Things", "p", "k");

    private AzuriteStores? _stores;

    public static TheoryData<Fault> PassingFaults =>
    [
        new Fault.Refused(503, "ServerBusy"), new Fault.Refused(500, "InternalError"), new Fault.Refused(500, "OperationTimedOut"),
        new Fault.Silence(), new Fault.ResetHalfWay(), new Fault.AnswerLost(), new Fault.AnswerCut(),
    ];

    private AzureTablesRowStore Store => field ??= _stores!.OpenRows();

    public async ValueTask InitializeAsync() => _stores = new AzuriteStores(await azurite.Server);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Rows_are_written_read_changed_and_deleted_though_every_request_fails_once(Fault fault)
    {
        await CreateTableAsync();
        RowWrite[] writes = [.. Enumerable.Range(1000, 250).Select(number => new RowWrite($"{number}", $"{number}"))];
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => fault is not Fault.Silence || request.IsBatch));
        AzureTablesRowStore store = Through(proxy.Address, fault);
        (await store.TryPutBatchAsync("Things", "p", writes, Cancellation)).ShouldBeTrue();
        (await store.QueryAsync(new("Things", "p"), Cancellation).Select(row => row.Body).ToListAsync(Cancellation))
            .ShouldBe(writes.Select(write => write.Body));
        await store.DeletePartitionAsync("Things", "p", Cancellation);
        (await Store.QueryAsync(new("Things", "p"), Cancellation).CountAsync(Cancellation)).ShouldBe(0);

        (await store.TryPutAsync(Id, "1", RowCondition.Any, Cancellation)).ShouldNotBeNull();
        (await store.ChangeAsync(Id, _ => "2", Cancellation))!.Body.ShouldBe("2", "the change is made again on its own result");
        (await Store.GetAsync(Id, Cancellation))!.Body.ShouldBe("2");
        (await store.TryDeleteAsync(Id, RowCondition.Any, Cancellation)).ShouldBeTrue();
        (await store.GetAsync(Id, Cancellation)).ShouldBeNull();
        proxy.Faults.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public async Task A_failed_condition_may_be_due_to_ones_own_write_and_what_stands_there_tells()
    {
        await CreateTableAsync();
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(new Fault.AnswerLost(), _ => true));
        (await Through(proxy.Address).TryPutAsync(Id, "mine", RowCondition.Absent, Cancellation)).ShouldBeNull();
        (await Store.GetAsync(Id, Cancellation))!.Body.ShouldBe("mine");
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_reported_after_the_retries()
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Refused(503, "ServerBusy"));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Through(proxy.Address, retries: 2).GetAsync(Id, Cancellation));
        fault.Message.ShouldContain("is busy or out of order (503 ServerBusy)");
        fault.Kind.ShouldBe(StoreFaultKind.Passing);
        proxy.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task The_configured_client_passes_over_a_service_that_is_busy_once()
    {
        await CreateTableAsync();
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(new Fault.Refused(503, "ServerBusy"), _ => true));
        TableServiceClient client = new((await azurite.Server).ConnectionString(proxy.Address), RowStores.Configured());
        (await new AzureTablesRowStore(client, _stores!.Prefix).TryPutAsync(Id, "{}", RowCondition.Any, Cancellation)).ShouldNotBeNull();
        proxy.Faults.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_reported_as_one_that_did_not_answer_in_time()
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Silence());
        (await Should.ThrowAsync<StoreException>(() => Through(proxy.Address, new Fault.Silence(), retries: 1).GetAsync(Id, Cancellation)))
            .Message.ShouldContain("did not answer in time");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_the_service_is_silent_ends()
    {
        using CancellationTokenSource source = new();
        await using FaultyProxy proxy = await ProxyAsync(_ =>
        {
            source.Cancel();
            return new Fault.Silence();
        });
        await Should.ThrowAsync<OperationCanceledException>(
            () => Through(proxy.Address).TryPutAsync(Id, "{}", RowCondition.Any, source.Token));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_reported_with_its_address_by_every_method()
    {
        using ClosedPort nobody = new();
        AzureTablesRowStore store = Through(nobody.Address, retries: 1);
        Func<Task>[] calls =
        [
            () => store.GetAsync(Id, Cancellation),
            async () => await store.QueryAsync(new("Things", "p"), Cancellation).CountAsync(Cancellation),
            () => store.TryPutAsync(Id, "{}", RowCondition.Any, Cancellation),
            () => store.TryPutBatchAsync("Things", "p", [new("a", "{}"), new("b", "{}")], Cancellation),
            () => store.TryDeleteAsync(Id, RowCondition.Any, Cancellation),
            () => store.DeletePartitionAsync("Things", "p", Cancellation),
        ];
        foreach (Func<Task> call in calls)
        {
            StoreException fault = await Should.ThrowAsync<StoreException>(call);
            fault.Message.ShouldContain("cannot be reached");
            fault.Message.ShouldContain($"{nobody.Address}");
            fault.Kind.ShouldBe(StoreFaultKind.Passing);
        }
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(401, "InvalidAuthenticationInfo")]
    public async Task A_missing_permission_is_reported_with_the_role_that_is_needed(int status, string code)
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Refused(status, code));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Through(proxy.Address).GetAsync(Id, Cancellation));
        fault.Message.ShouldContain($"refuses this identity ({status} {code})");
        fault.Message.ShouldContain("'Storage Table Data Contributor'");
        fault.Kind.ShouldBe(StoreFaultKind.NotPermitted);
        proxy.Requests.ShouldBe(1, "a refusal is not tried again");
    }

    private Task<string?> CreateTableAsync() => Store.TryPutAsync(Id with { Partition = "other" }, "{}", RowCondition.Any, Cancellation);

    /// <summary>Every request meets the fault the first time it comes, and passes when it is tried again.</summary>
    private static Func<ProxiedRequest, Fault> TheFirstTime(Fault fault, Func<ProxiedRequest, bool> which)
    {
        ConcurrentDictionary<string, bool> seen = [];
        return request => which(request) && seen.TryAdd(request.Id, true) ? fault : new Fault.None();
    }

    private async Task<FaultyProxy> ProxyAsync(Func<ProxiedRequest, Fault> choose) => new((await azurite.Server).Tables, choose);

    /// <summary>
    /// A store behind a proxy, with pauses too short to wait for and, where nothing comes back, a client that soon loses patience.
    /// </summary>
    private AzureTablesRowStore Through(Uri proxy, Fault? fault = null, int retries = 20)
        => _stores!.OpenRows(proxy, options =>
        {
            options.Retry.Mode = RetryMode.Fixed;
            options.Retry.MaxRetries = retries;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            options.Retry.NetworkTimeout = fault is Fault.Silence ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1);
        });
}
