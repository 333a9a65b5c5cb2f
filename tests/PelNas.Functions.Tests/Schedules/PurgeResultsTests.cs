using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Schedules;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Durable;

namespace PelNas.Functions.Tests.Schedules;

public sealed class PurgeResultsTests : IDisposable
{
    private const string Pending = "20260301-120000-pending";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_of_what_does_not_run_any_more_are_kept_for_the_set_age()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SearchOrchestrator), SearchApp.SmallSearch(), new StartOrchestrationOptions(InstanceId: Pending, StartAt: settings.Time.GetUtcNow().AddDays(90)), Cancellation);
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        await app.Store.PutRunAsync(run with { RunId = Pending }, Cancellation);
        // A run of more pages back whose history is long gone.
        await app.Store.PutRunAsync(run with { RunId = "20250101-120000-old" }, Cancellation);

        settings.Time.Advance(TimeSpan.FromDays(29));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([Pending, SearchApp.RunId]);

        settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([Pending]);
        (await app.Store.GetFrontAsync(SearchApp.RunId, version: null, Cancellation)).ShouldBeNull();
        (await app.Store.GetCandidatesAsync(SearchApp.RunId, 0, Cancellation)).ShouldBeEmpty();

        // Its orchestrations went with it, or it would look as if it had not begun.
        (await app.Client.GetInstanceAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
        (await app.Client.GetInstanceAsync(PartitionOrchestrator.InstanceId(SearchApp.RunId, 0), Cancellation)).ShouldBeNull();
        (await app.Client.GetInstanceAsync(Pending, Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_search_that_cannot_be_removed_keeps_none_of_the_others_and_is_named_at_the_end()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        await app.Store.PutRunAsync(run with { RunId = "20250101-120000-old" }, Cancellation);
        await app.Store.PutRunAsync(run with { RunId = "20250102-120000-stuck" }, Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(31));

        IRunStore faulty = FaultyStore.Around(app.Store, nameof(IRunStore.DeleteRunAsync), "20250102-120000-stuck");
        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => Purge(app, faulty).RunAsync(new(), app.Client, Cancellation));
        fault.Message.ShouldContain("Kept what was to be purged: 20250102-120000-stuck. The store 'the test's store' is out of order.");
        (await RunsAsync(app)).ShouldBe(["20250102-120000-stuck"]);
    }

    [Theory]
    [InlineData("tombstones of deleted searches", nameof(IRunStore.DeleteTombstonesAsync))]
    [InlineData("the list of searches", nameof(IRunStore.ListRunsBeforeAsync))]
    [InlineData("cached answers", nameof(IRunStore.DeleteChatAnswersAsync))]
    [InlineData("claimed keys", nameof(IRunStore.DeleteClaimsAsync))]
    [InlineData("latency tables", nameof(IRunStore.DeleteDeviceTablesAsync), nameof(IRunStore.ListRunsAsync))]
    public async Task A_kind_that_cannot_be_removed_keeps_none_of_the_others_and_is_named_at_the_end(string kind, params string[] methods)
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        await app.Store.DeleteRunAsync("20250101-120000-gone", Cancellation);
        await app.Store.PutChatAnswerAsync(new('a', 64), "old", Cancellation);
        await app.Store.ClaimAsync("old", "first", Cancellation);
        DeviceTable table = new("board", "cifar10", settings.Time.GetUtcNow(), [1, 2]);
        await app.Store.PutDeviceTableAsync(table, Cancellation);
        await app.Store.PutDeviceTableAsync(table with { LatencyMs = [3, 4] }, Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(31));

        PurgeResults purge = Purge(app, FaultyStore.Around(app.Store, methods.ToHashSet()));
        (await Should.ThrowAsync<InvalidOperationException>(() => purge.RunAsync(new(), app.Client, Cancellation))).Message.ShouldContain($"Kept what was to be purged: {kind}.");

        Dictionary<string, bool> kept = new()
        {
            ["tombstones of deleted searches"] = await IsRefusedAsync(() => app.Store.PutRunAsync(run with { RunId = "20250101-120000-gone" }, Cancellation)),
            ["the list of searches"] = await app.Store.GetRunAsync(SearchApp.RunId, Cancellation) is not null,
            ["cached answers"] = await app.Store.GetChatAnswerAsync(new('a', 64), Cancellation) is not null,
            ["claimed keys"] = await app.Store.ClaimAsync("old", "second", Cancellation) == "first",
            ["latency tables"] = await app.Store.GetDeviceTableAsync("board", "cifar10", table.Version, Cancellation) is not null,
        };
        kept.Where(entry => entry.Value).Select(entry => entry.Key).ShouldBe([kind]);

        static async Task<bool> IsRefusedAsync(Func<Task> write)
        {
            try
            {
                await write();
                return false;
            }
            catch (RunDeletedException)
            {
                return true;
            }
        }
    }

    [Fact]
    public async Task A_search_whose_orchestrations_cannot_be_asked_for_keeps_nothing_else()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Store.PutChatAnswerAsync(new('a', 64), "old", Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(31));
        AwayClient away = new(app.Client);
        (await Should.ThrowAsync<InvalidOperationException>(() => Purge(app, app.Store).RunAsync(new(), away, Cancellation))).Message
            .ShouldBe($"Kept what was to be purged: {SearchApp.RunId}. The backend does not answer.");
        (await RunsAsync(app)).ShouldBe([SearchApp.RunId]);
        (await app.Store.GetChatAnswerAsync(new('a', 64), Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task Tombstones_stay_in_the_first_night_after_a_stop_and_go_in_one_that_is_merely_late(int daysSinceLast, bool stay)
    {
        SearchAppSettings settings = Settings("0");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        await app.Store.DeleteRunAsync(SearchApp.RunId, Cancellation);
        settings.Time.Advance(PurgeResults.TombstoneAge * 2);
        DateTime last = settings.Time.GetUtcNow().UtcDateTime.AddDays(-daysSinceLast);
        TimerInfo timer = new() { IsPastDue = true, ScheduleStatus = new ScheduleStatus { Last = last } };
        await app.CreateFunction<PurgeResults>().RunAsync(timer, app.Client, Cancellation);
        if (stay)
        {
            await Should.ThrowAsync<RunDeletedException>(() => app.Store.PutRunAsync(run, Cancellation));
            await PurgeAsync(app);
        }

        await app.Store.PutRunAsync(run, Cancellation);
    }

    [Fact]
    public async Task Cached_answers_are_purged_by_the_same_age()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        string old = new('a', 64);
        string young = new('b', 64);
        await app.Store.PutChatAnswerAsync(old, "old", Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(20));
        await app.Store.PutChatAnswerAsync(young, "young", Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(20));
        await PurgeAsync(app);
        (await app.Store.GetChatAnswerAsync(old, Cancellation)).ShouldBeNull();
        (await app.Store.GetChatAnswerAsync(young, Cancellation)).ShouldBe("young");
    }

    [Fact]
    public async Task Claimed_keys_and_latency_tables_that_no_run_was_planned_with_are_purged_by_the_same_age()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        DeviceTable[] tables = [.. Enumerable.Range(1, 3).Select(first => new DeviceTable("board", "cifar10", settings.Time.GetUtcNow(), [first, 2]))];
        foreach (DeviceTable table in tables)
        {
            await app.Store.PutDeviceTableAsync(table, Cancellation);
        }

        await app.Store.ClaimAsync("old", "first", Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(29));
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        string later = "20260330-120000-run";
        await app.Store.PutRunAsync(run with { RunId = later, Request = run.Request with { Device = "board" }, DeviceTable = tables[1].Version }, Cancellation);
        await app.Store.ClaimAsync("young", "first", Cancellation);
        settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);

        (await app.Store.ClaimAsync("old", "second", Cancellation)).ShouldBe("second");
        (await app.Store.ClaimAsync("young", "second", Cancellation)).ShouldBe("first");
        (await VersionsAsync()).ShouldBe([false, true, true], "of no run, of a run, in force");

        // Its run goes in the end, and with it the table's reason to stay.
        settings.Time.Advance(TimeSpan.FromDays(31));
        await PurgeAsync(app);
        (await VersionsAsync()).ShouldBe([false, false, true]);

        async Task<bool[]> VersionsAsync()
        {
            List<bool> there = [];
            foreach (DeviceTable table in tables)
            {
                there.Add(await app.Store.GetDeviceTableAsync("board", "cifar10", table.Version, Cancellation) is not null);
            }

            return [.. there];
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("30")]
    public async Task Tombstones_are_purged_by_an_age_of_their_own(string days)
    {
        SearchAppSettings settings = Settings(days);
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        RunRow run = (await app.Store.GetRunAsync(SearchApp.RunId, Cancellation))!;
        await app.Store.DeleteRunAsync(SearchApp.RunId, Cancellation);
        settings.Time.Advance(PurgeResults.TombstoneAge);
        await PurgeAsync(app);
        await Should.ThrowAsync<RunDeletedException>(() => app.Store.PutRunAsync(run, Cancellation));
        settings.Time.Advance(TimeSpan.FromSeconds(1));
        await PurgeAsync(app);
        await app.Store.PutRunAsync(run, Cancellation);
    }

    [Fact]
    public async Task A_sweep_finds_its_place_though_the_claim_of_the_last_one_was_purged()
    {
        SearchAppSettings settings = Settings("30");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        SweepSlot slot = app.Services.GetRequiredService<SweepSlot>();
        (await slot.TakeAsync(app.Client, "sweep-20260301", Cancellation)).ShouldBeNull();
        settings.Time.Advance(TimeSpan.FromDays(31));
        await PurgeAsync(app);
        (await slot.TakeAsync(app.Client, "sweep-20260401", Cancellation)).ShouldBeNull();
        (await slot.TakeAsync(app.Client, "sweep-20260402", Cancellation)).ShouldBe("sweep-20260401");
    }

    [Fact]
    public async Task Without_a_set_age_results_are_kept_for_ever()
    {
        SearchAppSettings settings = new(_folder.Path);
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        settings.Time.Advance(TimeSpan.FromDays(10_000));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([SearchApp.RunId]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("3651")]
    public async Task An_age_outside_the_range_stops_the_start(string days) =>
        (await Should.ThrowAsync<OptionsValidationException>(async () => await SearchApp.StartAsync(Settings(days)))).Message.ShouldContain("PelNas:Results:RetentionDays");

    private SearchAppSettings Settings(string days) => new(_folder.Path) { Configuration = new Dictionary<string, string> { ["PelNas:Results:RetentionDays"] = days } };

    private static PurgeResults Purge(SearchApp app, IRunStore store)
        => ActivatorUtilities.CreateInstance<PurgeResults>(app.Services, store, new SearchRemover(store, app.Settings.Time));

    private static Task PurgeAsync(SearchApp app) => app.CreateFunction<PurgeResults>().RunAsync(new(), app.Client, Cancellation);

    private static async Task<IEnumerable<string>> RunsAsync(SearchApp app) => (await app.Store.ListRunsAsync(10, null, Cancellation)).Runs.Select(run => run.RunId);

    private sealed class AwayClient(DurableTaskClient inner) : PassingClient(inner)
    {
        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
            => throw new IOException("The backend does not answer.");
    }
}
