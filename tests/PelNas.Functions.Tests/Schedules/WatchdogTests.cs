namespace PelNas.Functions.Tests.Schedules;

public sealed class WatchdogTests : FolderTest
{
    [Fact]
    public async Task A_search_without_progress_is_reported_and_warned_of_once_and_let_be()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LogLines log = new();
        SearchAppSettings settings = new(Folder.Path) { Oracle = new CountingOracle { Gate = gate.Task }, Log = log };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        DateTimeOffset start = settings.Time.GetUtcNow();
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await Awaiting.For(settings.Oracle.Asked, "the search's first label");

        settings.Time.Advance(TimeSpan.FromMinutes(30));
        (await LookAsync(app)).Stuck.ShouldBeEmpty();

        settings.Time.Advance(TimeSpan.FromMinutes(1));
        WatchdogReport report = await LookAsync(app);
        await LookAsync(app);
        report.CheckedAt.ShouldBe(start.AddMinutes(31));
        report.Stuck.ShouldBe([new StuckSearch(SearchApp.RunId, start)]);
        log.Lines
            .Count(line => line.Level == LogLevel.Warning
                && line.Message.Contains($"{SearchApp.RunId} has made no progress", StringComparison.Ordinal)).ShouldBe(1);

        gate.SetResult();
        await app.FinishAsync();
        (await LookAsync(app)).Stuck.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_looks_every_ten_minutes()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LogLines log = new();
        SearchAppSettings settings = new SearchAppSettings(Folder.Path)
        {
            Oracle = new CountingOracle { Gate = gate.Task },
            Log = log,
            EnableTimers = true,
        }.With("PelNas:Watchdog:StuckAfter", "00:05:00");
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await Awaiting.For(settings.Oracle.Asked, "the search's first label");

        settings.Time.Advance(TimeSpan.FromMinutes(10));
        await log.WaitForAsync($"{SearchApp.RunId} has made no progress since 2026-03-01 12:00:00Z");

        gate.SetResult();
        await settings.Commits.WaitForAsync(SearchApp.RunId, EventType.ExecutionCompleted);
    }

    [Fact]
    public async Task Searches_and_sweeps_that_do_not_begin_are_reported_by_their_creation()
    {
        SearchAppSettings settings = new(Folder.Path);
        await using SearchApp app = await SearchApp.StartAsync(settings);
        DateTimeOffset start = settings.Time.GetUtcNow();
        SweepInput sweep = new(new SweepRequest(), Night: null, IsLate: false);
        await ScheduleForLaterAsync(app, nameof(SearchOrchestrator), SearchApp.RunId, new SearchInput(SearchApp.SmallSearch()));
        await ScheduleForLaterAsync(app, nameof(SweepOrchestrator), "sweep-20260301", sweep);
        await ScheduleForLaterAsync(
            app, nameof(ActiveSweepOrchestrator), ActiveSweepOrchestrator.InstanceId, new ActiveSweepInput("sweep-20260302", sweep));

        settings.Time.Advance(TimeSpan.FromMinutes(31));

        (await LookAsync(app)).Stuck.ShouldBe(
            [new StuckSearch(SearchApp.RunId, start), new StuckSearch("sweep-20260301", start),
                new StuckSearch(ActiveSweepOrchestrator.InstanceId, start)],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_search_that_is_suspended_is_meant_to_stand_still()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SearchAppSettings settings = new(Folder.Path) { Oracle = new CountingOracle { Gate = gate.Task } };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await Awaiting.For(settings.Oracle.Asked, "the search's first label");
        await app.Durable.SuspendInstanceAsync(SearchApp.RunId, cancellation: Cancellation);
        await settings.Commits.WaitForAsync(SearchApp.RunId, EventType.ExecutionSuspended);

        settings.Time.Advance(TimeSpan.FromHours(1));
        (await LookAsync(app)).Stuck.ShouldBeEmpty();

        await app.Durable.ResumeInstanceAsync(SearchApp.RunId, cancellation: Cancellation);
        gate.SetResult();
        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    private static Task<string> ScheduleForLaterAsync(SearchApp app, string orchestrator, string id, object input)
        => app.Durable.ScheduleAsync(
            orchestrator, input, new StartOrchestrationOptions(id, app.Settings.Time.GetUtcNow().AddDays(1)));

    private static async Task<WatchdogReport> LookAsync(SearchApp app)
    {
        await app.CreateFunction<PelNas.Functions.Schedules.Watchdog>().RunAsync(new(), app.Durable, Cancellation);
        return (await app.Services.GetRequiredService<WatchdogRepository>().GetAsync(Cancellation)).ShouldNotBeNull();
    }
}
