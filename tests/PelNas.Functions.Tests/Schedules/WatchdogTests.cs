namespace PelNas.Functions.Tests.Schedules;

public sealed class WatchdogTests : FolderTest
{
    [Fact]
    public async Task A_search_without_progress_is_warned_of_until_it_moves_and_let_be()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Settings.Oracle.AskedAsync();

        app.Settings.Time.Advance(TimeSpan.FromMinutes(30));
        (await LookAsync(app)).ShouldBeEmpty();

        app.Settings.Time.Advance(TimeSpan.FromMinutes(1));
        (await LookAsync(app)).ShouldBe([Warning(SearchApp.RunId)]);
        (await LookAsync(app)).ShouldBe([Warning(SearchApp.RunId)]);

        app.Settings.Oracle.Open();
        await app.FinishAsync();
        (await LookAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_looks_every_ten_minutes()
    {
        LogLines log = new();
        SearchAppSettings settings = new SearchAppSettings(Folder.Path)
        {
            Oracle = CountingOracle.Gated(),
            Log = log,
            EnableTimers = true,
        }.With("PelNas:Watchdog:StuckAfter", "00:05:00");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await settings.Oracle.AskedAsync();

        settings.Time.Advance(TimeSpan.FromMinutes(10));
        await log.WaitForAsync($"{SearchApp.RunId} has made no progress since 2026-03-01 12:00:00Z");

        settings.Oracle.Open();
        await settings.Commits.WaitForAsync(SearchApp.RunId, EventType.ExecutionCompleted);
    }

    [Fact]
    public async Task Searches_and_sweeps_that_do_not_begin_are_reported_by_their_creation()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        SweepInput sweep = new(new SweepRequest(), Night: null, IsLate: false);
        await ScheduleForLaterAsync(app, nameof(SearchOrchestrator), SearchApp.RunId, new SearchInput(SearchApp.SmallSearch()));
        await ScheduleForLaterAsync(app, nameof(SweepOrchestrator), "sweep-20260301", sweep);
        await ScheduleForLaterAsync(
            app, nameof(ActiveSweepOrchestrator), ActiveSweepOrchestrator.InstanceId, new ActiveSweepInput("sweep-20260302", sweep));

        app.Settings.Time.Advance(TimeSpan.FromMinutes(31));

        (await LookAsync(app)).ShouldBe(
            [Warning(SearchApp.RunId), Warning("sweep-20260301"), Warning(ActiveSweepOrchestrator.InstanceId)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_search_that_is_suspended_is_meant_to_stand_still()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Settings.Oracle.AskedAsync();
        await app.Durable.SuspendInstanceAsync(SearchApp.RunId, cancellation: Cancellation);
        await app.Settings.Commits.WaitForAsync(SearchApp.RunId, EventType.ExecutionSuspended);

        app.Settings.Time.Advance(TimeSpan.FromHours(1));
        (await LookAsync(app)).ShouldBeEmpty();

        await app.Durable.ResumeInstanceAsync(SearchApp.RunId, cancellation: Cancellation);
        app.Settings.Oracle.Open();
        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    private static Task<string> ScheduleForLaterAsync(SearchApp app, string orchestrator, string id, object input)
        => app.Durable.ScheduleAsync(
            orchestrator, input, new StartOrchestrationOptions(id, app.Settings.Time.GetUtcNow().AddDays(1)));

    private static string Warning(string id) => $"Search {id} has made no progress since 2026-03-01 12:00:00Z.";

    /// <summary>Has the watchdog look, and returns what it warns of.</summary>
    private static async Task<IReadOnlyList<string>> LookAsync(SearchApp app)
    {
        using LogLines log = new();
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        PelNas.Functions.Schedules.Watchdog watchdog = ActivatorUtilities.CreateInstance<PelNas.Functions.Schedules.Watchdog>(
            app.Services, loggers.CreateLogger<PelNas.Functions.Schedules.Watchdog>());
        await watchdog.RunAsync(new(), app.Durable, Cancellation);
        return [.. log.Of(LogLevel.Warning)];
    }
}
