using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Schedules;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Storage;

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
        PurgeResults purge = ActivatorUtilities.CreateInstance<PurgeResults>(app.Services, faulty);
        StoreException fault = await Should.ThrowAsync<StoreException>(() => purge.RunAsync(new(), app.Client, Cancellation));
        fault.Message.ShouldContain("kept the results of 1 searches that were to be purged, among them 20250102-120000-stuck");
        (await RunsAsync(app)).ShouldBe(["20250102-120000-stuck"]);
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

    private static Task PurgeAsync(SearchApp app) => app.CreateFunction<PurgeResults>().RunAsync(new(), app.Client, Cancellation);

    private static async Task<IEnumerable<string>> RunsAsync(SearchApp app) => (await app.Store.ListRunsAsync(10, null, Cancellation)).Runs.Select(run => run.RunId);
}
