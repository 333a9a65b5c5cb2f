using System.Collections.Concurrent;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>A network and a service that fail, with the client's own transport and retries: nothing is lost, nothing doubled.</summary>
public sealed class FaultTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    private readonly AzuriteFixture _azurite = azurite;

    public static TheoryData<Fault> PassingFaults =>
    [
        new Fault.Refused(503, "ServerBusy"), new Fault.Refused(500, "InternalError"), new Fault.Refused(500, "OperationTimedOut"), new Fault.Silence(),
        new Fault.ResetHalfWay(), new Fault.AnswerLost(), new Fault.AnswerCut(),
    ];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Candidates_survive_a_fault_in_every_batch(Fault fault)
    {
        CandidateRow[] candidates = [.. Enumerable.Range(0, 350).Select(StoreSamples.Candidate)];
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => request.IsBatch));
        await Through(proxy, fault).MergeCandidatesAsync(RunId, 0, candidates, Token);
        ShouldBeSame<IReadOnlyList<CandidateRow>>(await Store.GetCandidatesAsync(RunId, 0, Token), candidates);
        proxy.Faults.ShouldBe(4, "each of the four batches met it once");
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_front_is_published_though_requests_fail(Fault fault)
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 7), Token);
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => Meets(request, fault)));
        await Through(proxy, fault).PublishFrontAsync(RunId, StoreSamples.Front(2, 150), Token);
        ShouldBeSame(await Through(proxy, fault).GetFrontAsync(RunId, null, Token), StoreSamples.Front(2, 150));
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), StoreSamples.Front(1, 7));
        (await CountAsync("Fronts")).ShouldBe(7 + 150 + 3, "points of both, two versions and the pointer");
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_claim_whose_answer_was_lost_is_still_ones_own(Fault fault)
    {
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => !request.CreatesTable));
        (await Through(proxy, fault).ClaimAsync("key", "mine", Token)).ShouldBe("mine");
        (await Store.ClaimAsync("key", "theirs", Token)).ShouldBe("mine");
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_ledger_is_written_once_though_requests_fail(Fault fault)
    {
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => Meets(request, fault)));
        AzureTablesRunStore store = Through(proxy, fault);
        (await store.TryPutBudgetAsync(RunId, BudgetRow.Empty with { NextReservation = 1 }, version: null, Token)).ShouldBeTrue();
        (_, string? version) = await store.GetBudgetAsync(RunId, Token);
        (await store.TryPutBudgetAsync(RunId, BudgetRow.Empty with { NextReservation = 2 }, version, Token)).ShouldBeTrue();
        (await Store.GetBudgetAsync(RunId, Token)).Row.NextReservation.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_run_is_deleted_though_requests_fail(Fault fault)
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.MergeCandidatesAsync(RunId, 0, [.. Enumerable.Range(0, 150).Select(StoreSamples.Candidate)], Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 3), Token);
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => Meets(request, fault)));
        await Through(proxy, fault).DeleteRunAsync(RunId, Token);
        (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();
        (await CountAsync("Candidates")).ShouldBe(0);
        (await CountAsync("Fronts")).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_long_answer_is_kept_in_a_blob_and_read_though_requests_fail(Fault fault)
    {
        string answer = new('a', StoreGuard.MaxTextLength + 1);
        await Store.CreateAsync(Token);
        AzuriteServer server = await _azurite.Server;
        // The client reads a cut blob on from where it was cut, in a request of its own: those after the first three pass.
        int left = 3;
        Func<ProxiedRequest, Fault> choose = TheFirstTime(fault, request => request.Path.Contains("/answers/", StringComparison.Ordinal));
        await using FaultyProxy proxy = new(server.Blobs, request => choose(request) is var chosen && chosen is not Fault.None && Interlocked.Decrement(ref left) >= 0 ? chosen : new Fault.None());
        AzureTablesRunStore store = Stores.Open(configure: Retries(fault), blobs: proxy.Address);
        await store.PutChatAnswerAsync(StoreSamples.Hash(1), answer, Token);
        (await store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe(answer);
        (await store.DeleteChatAnswersAsync(TimeProvider.System.GetUtcNow().AddHours(1), 1, Token)).ShouldBe(1);
        proxy.Faults.ShouldBe(3);
        (await Stores.Container().GetBlobsAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task The_second_page_of_a_list_is_read_though_its_request_fails(Fault fault)
    {
        CandidateRow[] candidates = [.. Enumerable.Range(0, 1_100).Select(StoreSamples.Candidate)];
        await Store.MergeCandidatesAsync(RunId, 0, candidates, Token);
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(fault, request => request.Path.Contains("NextRowKey", StringComparison.Ordinal)));
        ShouldBeSame<IReadOnlyList<CandidateRow>>(await Through(proxy, fault).GetCandidatesAsync(RunId, 0, Token), candidates);
        proxy.Faults.ShouldBe(1);
    }

    [Fact]
    public void The_configured_clients_try_again_for_half_a_minute_and_no_longer()
    {
        foreach (RetryOptions retry in (RetryOptions[])[RunStores.Configured(new TableClientOptions()).Retry, RunStores.Configured(new BlobClientOptions()).Retry])
        {
            retry.Mode.ShouldBe(RetryMode.Exponential);
            retry.MaxRetries.ShouldBe(5);
            retry.Delay.ShouldBe(TimeSpan.FromSeconds(0.8));
            retry.MaxDelay.ShouldBe(TimeSpan.FromSeconds(10));
            retry.NetworkTimeout.ShouldBe(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task The_configured_clients_pass_over_a_service_that_is_busy_once()
    {
        await using FaultyProxy proxy = await ProxyAsync(TheFirstTime(new Fault.Refused(503, "ServerBusy"), request => !request.CreatesTable));
        await Stores.Open(proxy.Address, options => RunStores.Configured(options)).PutRunAsync(StoreSamples.Run(), Token);
        (await Store.GetRunAsync(RunId, Token)).ShouldNotBeNull();
        proxy.Faults.ShouldBe(4, "the month, the run and the look for a tombstone before and after each met it once");
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_reported_after_the_retries()
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Refused(503, "ServerBusy"));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Through(proxy, retries: 2).GetRunAsync(RunId, Token));
        fault.Message.ShouldContain("is busy or out of order (503 ServerBusy)");
        proxy.Requests.ShouldBe(3 * TableNames.All.Count, "each table is asked for once and twice more");
    }

    [Fact]
    public async Task A_service_that_never_answers_is_reported_as_one_that_did_not_answer_in_time()
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Silence());
        (await Should.ThrowAsync<StoreException>(() => Through(proxy, new Fault.Silence(), retries: 1).GetRunAsync(RunId, Token))).Message.ShouldContain("did not answer in time");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_reported_with_its_address()
    {
        FaultyProxy proxy = await ProxyAsync(_ => new Fault.None());
        await proxy.DisposeAsync();
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Through(proxy).GetRunAsync(RunId, Token));
        fault.Message.ShouldContain("cannot be reached");
        fault.Message.ShouldContain(proxy.Address.ToString());
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(401, "InvalidAuthenticationInfo")]
    public async Task A_missing_permission_is_reported_with_the_roles_that_are_needed(int status, string code)
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Refused(status, code));
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Through(proxy).CreateAsync(Token));
        fault.Message.ShouldContain($"refuses this identity ({status} {code})");
        fault.Fix.ShouldContain("'Storage Table Data Contributor'");
        fault.Fix.ShouldContain("'Storage Blob Data Contributor'");
        proxy.Requests.ShouldBeLessThanOrEqualTo(TableNames.All.Count, "a refusal is not tried again");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_named_as_a_cause()
    {
        await using FaultyProxy proxy = await ProxyAsync(_ => new Fault.Refused(403, "AuthenticationFailed"));
        (await Should.ThrowAsync<StoreException>(() => Through(proxy).GetRunAsync(RunId, Token))).Fix.ShouldContain("clock");
    }

    [Fact]
    public async Task A_failed_creation_is_tried_again_at_the_next_call()
    {
        bool broken = true;
        await using FaultyProxy proxy = await ProxyAsync(_ => broken ? new Fault.Refused(403, "AuthorizationFailure") : new Fault.None());
        AzureTablesRunStore store = Through(proxy);
        await Should.ThrowAsync<StoreException>(() => store.PutRunAsync(StoreSamples.Run(), Token));
        broken = false;
        await store.PutRunAsync(StoreSamples.Run(), Token);
        (await Store.GetRunAsync(RunId, Token)).ShouldNotBeNull();
    }

    /// <summary>Every request meets the fault the first time it comes, and passes when it is tried again.</summary>
    private static Func<ProxiedRequest, Fault> TheFirstTime(Fault fault, Func<ProxiedRequest, bool> which)
    {
        ConcurrentDictionary<string, bool> seen = [];
        return request => which(request) && seen.TryAdd(request.Id, true) ? fault : new Fault.None();
    }

    /// <summary>Creations of tables go unharmed, and silence, which takes its time, meets batches only.</summary>
    private static bool Meets(ProxiedRequest request, Fault fault) => fault is Fault.Silence ? request.IsBatch : !request.CreatesTable;

    private async Task<FaultyProxy> ProxyAsync(Func<ProxiedRequest, Fault> choose)
    {
        AzuriteServer server = await _azurite.Server;
        return new FaultyProxy(server.Tables, choose);
    }

    /// <summary>A store behind the proxy, with pauses too short to wait for and, where nothing comes back, a client that loses patience soon.</summary>
    private AzureTablesRunStore Through(FaultyProxy proxy, Fault? fault = null, int retries = 20) => Stores.Open(proxy.Address, Retries(fault, retries));

    private static Action<ClientOptions> Retries(Fault? fault, int retries = 20) => options =>
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.NetworkTimeout = fault is Fault.Silence ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1);
    };

    private async Task<int> CountAsync(string table)
        => await Stores.Table(table).QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Token).CountAsync(Token);
}
