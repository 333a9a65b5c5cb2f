namespace PelNas.Functions.Tests.Orchestrations;

public sealed class SweepOrchestratorTests : FolderTest
{
    private const string SweepId = "sweep-20260301-120000";

    private static readonly SweepRequest Request = new()
    {
        Contexts = ["cifar10:fpga", "cifar10:eyeriss", "cifar100:fpga"],
        MaxLabels = 20,
        Generations = 1,
        Window = 2,
    };

    [Fact]
    public async Task A_search_that_fails_is_recorded_and_the_others_go_on()
    {
        SearchAppSettings settings = new(Folder.Path) { Answer = SearchAppSettings.KnowsNoEyeriss };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        OrchestrationMetadata ended = await RunAsync(app, SweepId, Request);

        ended.ReadOutputAs<SweepOutcome>().ShouldBe(new SweepOutcome(SweepId, 3, 1));
        JsonSerializer.Serialize(ended.ReadCustomStatusAs<SweepProgress>())
            .ShouldBe(JsonSerializer.Serialize(new SweepProgress(3, 3, 1, [])));
        SweepRow row = (await app.Sweeps.GetAsync(SweepId, Cancellation)).ShouldNotBeNull();
        row.FinishedAt.ShouldBe(settings.Time.GetUtcNow());
        row.Searches.Select(search => search.RunId).ShouldBe(
            ["20260301-120000-sweep-cifar10-fpga", "20260301-120000-sweep-cifar10-eyeriss", "20260301-120000-sweep-cifar100-fpga"]);
        row.Searches.Select(search => search.Failure).ShouldBe([null, "ArgumentException: The proposer does not know eyeriss.", null]);
        row.Contexts.Select(context => $"{context.Dataset}:{context.Device}").ShouldBe(["cifar10:fpga", "cifar100:fpga"]);
        foreach (SweepContext context in row.Contexts)
        {
            RunHistory history = await app.Runs.GetHistoryAsync($"20260301-120000-sweep-{context.Dataset}-{context.Device}", Cancellation);
            context.Front.ShouldBe(history.Front!.Front.Points.Select(point => point.Index), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task No_more_searches_run_at_a_time_than_the_window_holds()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        await RunAsync(app, SweepId, Request with { Contexts = ["all"], MaxLabels = 6, Window = 3 });

        int running = 0;
        int most = 0;
        foreach ((_, HistoryEvent e) in app.Settings.Commits.Events.Where(e => e.InstanceId == SweepId))
        {
            running += e.EventType switch
            {
                EventType.SubOrchestrationInstanceCreated => 1,
                EventType.SubOrchestrationInstanceCompleted or EventType.SubOrchestrationInstanceFailed => -1,
                _ => 0,
            };
            most = Math.Max(most, running);
        }

        most.ShouldBe(3);
        running.ShouldBe(0);
    }

    [Fact]
    public async Task A_sweep_is_compared_with_the_last_one()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        SweepRequest request = Request with { Contexts = ["cifar10:fpga"] };

        await RunAsync(app, SweepId, request);
        app.Settings.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync(app, "sweep-20260301-130000", request);

        SweepContext first = (await app.Sweeps.GetAsync(SweepId, Cancellation))!.Contexts.Single();
        SweepContext second = (await app.Sweeps.GetAsync("sweep-20260301-130000", Cancellation))!.Contexts.Single();
        first.Comparison.ShouldBeNull();
        second.Comparison.ShouldBe(new SweepComparison(SweepId, 0, 0, 0));
        second.Front.ShouldBe(first.Front);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_fails_the_sweep_and_names_the_field()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        OrchestrationMetadata ended = await RunAsync(app, SweepId, Request with { Window = 0 });

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails.ShouldNotBeNull().ToString().ShouldContain("window: 0 is not allowed");
    }

    private static async Task<OrchestrationMetadata> RunAsync(SearchApp app, string sweepId, SweepRequest request)
    {
        await app.Durable.ScheduleAsync(nameof(SweepOrchestrator), new SweepInput(request, Night: null, IsLate: false), sweepId);
        return await app.FinishAsync(sweepId);
    }
}
