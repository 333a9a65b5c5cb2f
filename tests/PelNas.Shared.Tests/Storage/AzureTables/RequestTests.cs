using Azure.Data.Tables;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>How many requests each method sends, and that none of them grows with what else the tables hold.</summary>
public sealed class RequestTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    private readonly RequestHooks _hooks = new();

    public static TheoryData<string, int> Reads => new()
    {
        { nameof(IRunStore.GetRunAsync), 1 },
        { nameof(IRunStore.ListRunsAsync), 2 },
        { nameof(IRunStore.GetCandidatesAsync), 1 },
        { nameof(IRunStore.GetRoundAsync), 1 },
        { nameof(IRunStore.GetRoundsAsync), 1 },
        { nameof(IRunStore.GetHeuristicsAsync), 1 },
        { nameof(IRunStore.GetFrontAsync), 2 },
        { nameof(IRunStore.GetChatAnswerAsync), 1 },
        { nameof(IRunStore.GetSweepAsync), 1 },
        { nameof(IRunStore.ListSweepsAsync), 1 },
        { nameof(IRunStore.GetWatchdogReportAsync), 1 },
        { nameof(IRunStore.GetDeviceTableAsync), 2 },
        { nameof(IRunStore.ListDeviceTablesAsync), 1 },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_is_a_known_number_of_points_and_ranges_of_one_partition(string method, int requests)
    {
        await FillAsync();
        AzureTablesRunStore store = await OpenAsync();
        Task read = method switch
        {
            nameof(IRunStore.GetRunAsync) => store.GetRunAsync(RunId, Token),
            nameof(IRunStore.ListRunsAsync) => store.ListRunsAsync(2, null, Token),
            nameof(IRunStore.GetCandidatesAsync) => store.GetCandidatesAsync(RunId, 0, Token),
            nameof(IRunStore.GetRoundAsync) => store.GetRoundAsync(RunId, 0, 1, Token),
            nameof(IRunStore.GetRoundsAsync) => store.GetRoundsAsync(RunId, Token),
            nameof(IRunStore.GetHeuristicsAsync) => store.GetHeuristicsAsync(RunId, 0, Token),
            nameof(IRunStore.GetFrontAsync) => store.GetFrontAsync(RunId, null, Token),
            nameof(IRunStore.GetChatAnswerAsync) => store.GetChatAnswerAsync(StoreSamples.Hash(1), Token),
            nameof(IRunStore.GetSweepAsync) => store.GetSweepAsync("sweep-20260301", Token),
            nameof(IRunStore.ListSweepsAsync) => store.ListSweepsAsync(10, null, Token),
            nameof(IRunStore.GetWatchdogReportAsync) => store.GetWatchdogReportAsync(Token),
            nameof(IRunStore.GetDeviceTableAsync) => store.GetDeviceTableAsync("board", "cifar10", null, Token),
            nameof(IRunStore.ListDeviceTablesAsync) => store.ListDeviceTablesAsync(Token),
            _ => throw new ArgumentException(method, nameof(method)),
        };
        await read;
        _hooks.Sent.ShouldAllBe(request => request.IsBounded && !request.IsWrite);
        _hooks.Sent.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Writes_are_a_known_number_of_requests()
    {
        AzureTablesRunStore store = await OpenAsync();
        await ShouldSendAsync(4, () => store.PutRunAsync(StoreSamples.Run(), Token), "the month and the run, and a look for a tombstone before and after");
        await ShouldSendAsync(3, () => store.PutRunAsync(StoreSamples.Run(), Token), "the month is known");
        CandidateRow[] predicted = [.. Enumerable.Range(0, 250).Select(StoreSamples.Candidate)];
        await ShouldSendAsync(6, () => store.MergeCandidatesAsync(RunId, 0, predicted, Token), "what stands there is read, and batches of 100 are written");
        await ShouldSendAsync(3, () => store.MergeCandidatesAsync(RunId, 0, predicted, Token), "all is there already");
        await ShouldSendAsync(5, () => store.MergeCandidatesAsync(RunId, 0, [.. predicted.Select(row => new CandidateRow { Index = row.Index, LatencyMs = 1 })], Token), "only predictions are compared");
        await ShouldSendAsync(3, () => store.PutRoundAsync(RunId, StoreSamples.Round(0, 1), Token));
        await ShouldSendAsync(3, () => store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(0, 1), Token));
        await ShouldSendAsync(5, () => store.PublishFrontAsync(RunId, StoreSamples.Front(1, 13), Token), "points, the pointer read, the flip");
        await ShouldSendAsync(4, () => store.PublishFrontAsync(RunId, StoreSamples.Front(1, 13), Token), "it is in force already");
        await ShouldSendAsync(1, () => store.PutChatAnswerAsync(StoreSamples.Hash(1), "answer", Token));
        await ShouldSendAsync(2, () => store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('a', 40_000), Token), "blob and row");
        await ShouldSendAsync(1, () => store.ClaimAsync("key", "value", Token));
        await ShouldSendAsync(2, () => store.ClaimAsync("key", "value", Token), "an insert in vain and a read");
        await ShouldSendAsync(3, () => store.PutDeviceTableAsync(new DeviceTable("board", "cifar10", DateTimeOffset.UnixEpoch, [1, 2]), Token), "blob, version, pointer");
        _hooks.Sent.ShouldAllBe(request => request.IsBounded);
    }

    [Fact]
    public async Task A_deletion_queries_the_runs_own_partitions_and_blobs_and_no_other()
    {
        await FillAsync();
        AzureTablesRunStore store = await OpenAsync();
        await store.DeleteRunAsync(RunId, Token);
        _hooks.Sent.Where(request => request.IsQuery && request.Filter is not null).Select(request => request.Filter).ShouldBe(
            [
                $"PartitionKey eq '{RunId}'",
                $"PartitionKey ge '{RunId}:' and PartitionKey lt '{RunId};'",
                $"PartitionKey ge '{RunId}:' and PartitionKey lt '{RunId};'",
                $"PartitionKey eq '{RunId}'",
                $"PartitionKey eq '{RunId}'",
            ]);
        _hooks.Sent.ShouldContain(request => request.IsQuery && request.Uri.Query.Contains(Uri.EscapeDataString($"runs/{RunId}/"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_runs_asks_for_no_more_rows_than_the_page_has()
    {
        await FillAsync();
        AzureTablesRunStore store = await OpenAsync();
        RunPage page = await store.ListRunsAsync(2, null, Token);
        await store.ListRunsAsync(2, page.Continuation, Token);
        // One row more tells whether there is a next page. March has four runs, so the second page asks February for the one that is missing.
        _hooks.Sent.Where(request => request.Filter?.StartsWith("PartitionKey eq '2026", StringComparison.Ordinal) ?? false)
            .Select(request => request.Uri.Query.Split("$top=")[1].Split('&')[0]).ShouldBe(["3", "3", "1"]);
    }

    [Fact]
    public async Task Candidates_of_many_pages_are_read_whole()
    {
        CandidateRow[] candidates = [.. Enumerable.Range(0, 2_345).Select(index => new CandidateRow { Index = index, LatencyMs = index })];
        AzureTablesRunStore store = await OpenAsync();
        await store.MergeCandidatesAsync(RunId, 0, candidates, Token);
        await ShouldSendAsync(3, async () => (await store.GetCandidatesAsync(RunId, 0, Token)).ShouldBe(candidates), "pages of 1,000 rows");
    }

    [Fact]
    public async Task No_batch_is_larger_than_it_was_reckoned_or_than_the_service_takes()
    {
        AzureTablesRunStore store = await OpenAsync();
        CandidateRow[] candidates = [.. Enumerable.Range(0, 130).Select(index => StoreSamples.Candidate(index) with { Rationale = new string(index % 2 == 0 ? '漢' : '"', 32_000) })];
        await store.MergeCandidatesAsync(RunId, 0, candidates, Token);
        SentRequest[] batches = [.. _hooks.Sent.Where(request => request.Length > 0)];
        batches.Length.ShouldBeGreaterThan(2);
        batches.ShouldAllBe(batch => batch.Length < 4 * 1024 * 1024);
        batches.Max(batch => batch.Length).ShouldBeGreaterThan(3 * 1024 * 1024, "the bound should not be so loose that batches are small");
        ShouldBeSame<IReadOnlyList<CandidateRow>>(await Store.GetCandidatesAsync(RunId, 0, Token), candidates);
    }

    [Fact]
    public async Task The_reckoned_size_of_a_batch_bounds_the_real_one()
    {
        AzureTablesRunStore store = await OpenAsync();
        TableEntity small = new(TableKeys.Partition(RunId, 0), TableKeys.Number(1)) { ["Index"] = 1, ["LatencyMs"] = 1.0 / 3 };
        await store.MergeCandidatesAsync(RunId, 0, [new CandidateRow { Index = 1, LatencyMs = 1.0 / 3 }], Token);
        _hooks.Sent.Single(request => request.IsWrite).Length.ShouldBeInRange(1, 1024 + RequestSize.Of(new TableTransactionAction(TableTransactionActionType.UpsertMerge, small)));
    }

    private async Task FillAsync()
    {
        for (int month = 1; month <= 3; month++)
        {
            for (int day = 1; day <= 4; day++)
            {
                await Store.PutRunAsync(StoreSamples.Run($"2026{month:00}{day:00}-120000-cifar10-fpga"), Token);
            }
        }

        foreach (string run in (string[])[RunId, "20260302-120000-cifar10-fpga"])
        {
            await Store.MergeCandidatesAsync(run, 0, [.. Enumerable.Range(0, 150).Select(StoreSamples.Candidate)], Token);
            await Store.PutRoundAsync(run, StoreSamples.Round(0, 1), Token);
            await Store.PutHeuristicsAsync(run, StoreSamples.Heuristics(0, 1), Token);
            await Store.PublishFrontAsync(run, StoreSamples.Front(1, 13), Token);
        }

        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "answer", Token);
        await Store.PutSweepAsync(StoreSamples.Sweep(), Token);
        await Store.PutWatchdogReportAsync(new WatchdogReport(DateTimeOffset.UnixEpoch, []), Token);
        await Store.PutDeviceTableAsync(new DeviceTable("board", "cifar10", DateTimeOffset.UnixEpoch, [1, 2]), Token);
    }

    private async Task<AzureTablesRunStore> OpenAsync()
    {
        AzureTablesRunStore store = Stores.Open(configure: _hooks.AddTo);
        await store.CreateAsync(Token);
        _hooks.Sent.Clear();
        return store;
    }

    private async Task ShouldSendAsync(int requests, Func<Task> work, string? why = null)
    {
        int before = _hooks.Sent.Count;
        await work();
        (_hooks.Sent.Count - before).ShouldBe(requests, why);
    }
}
