using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace PelNas.Functions.Tests.Schedules;

public sealed class NightlySweepTests : FolderTest
{
    private const string Other = "sweep-20260228-090000";

    // With six labels a search ends after its seed population.
    private static readonly Dictionary<string, string> Quick = new()
    {
        ["PelNas:Sweep:Contexts"] = "cifar10:fpga, cifar100:fpga",
        ["PelNas:Sweep:MaxLabels"] = "6",
        ["PelNas:Sweep:Generations"] = "1",
    };

    [Fact]
    public async Task The_sweep_of_the_night_starts_at_two_unless_another_time_is_set()
    {
        SearchAppSettings settings = Settings(Quick) with { EnableTimers = true };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        settings.Time.Advance(TimeSpan.FromHours(14));
        await settings.Commits.WaitForAsync("sweep-20260302", EventType.ExecutionStarted);

        (await app.FinishAsync("sweep-20260302")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SweepRow row = (await app.Sweeps.GetAsync("sweep-20260302", Cancellation)).ShouldNotBeNull();
        row.Night.ShouldBe(new DateOnly(2026, 3, 2));
        row.IsLate.ShouldBeFalse();
        row.StartedAt.ShouldBe(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
        row.Contexts.Select(context => context.Dataset).ShouldBe(["cifar10", "cifar100"]);
    }

    [Fact]
    public async Task Nights_that_were_missed_are_made_up_for_by_one_sweep_under_the_first_of_their_dates()
    {
        SearchAppSettings settings = Settings(Quick) with { EnableTimers = true };
        await using (SearchApp _ = await SearchApp.StartAsync(settings))
        {
        }

        settings.Time.Advance(TimeSpan.FromDays(2));
        SearchAppSettings later = settings with { Commits = new CommitLog(), Log = new LogLines() };
        await using SearchApp app = await SearchApp.StartAsync(later);
        await later.Commits.WaitForAsync("sweep-20260302", EventType.ExecutionStarted);
        await app.FinishAsync("sweep-20260302");

        SweepRow row = (await app.Sweeps.ListAsync(10, null, Cancellation)).Sweeps.ShouldHaveSingleItem();
        row.Night.ShouldBe(new DateOnly(2026, 3, 2));
        row.IsLate.ShouldBeTrue();
        row.StartedAt.ShouldBe(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_sweep_that_has_not_ended_has_the_new_one_skipped_and_the_skip_recorded()
    {
        SearchAppSettings settings = Settings(Quick);
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await ScheduleForLaterAsync(app, Other);

        await FireAsync(app);

        SweepRow row = (await app.Sweeps.ListAsync(10, null, Cancellation)).Sweeps.ShouldHaveSingleItem();
        row.SweepId.ShouldBe("sweep-20260301");
        row.SkippedBecause.ShouldBe($"The sweep {Other} had not ended.");
        row.FinishedAt.ShouldBeNull();
        (await app.Durable.GetInstanceAsync("sweep-20260301", Cancellation)).ShouldBeNull();
        ((LogLines)settings.Log!).Of(LogLevel.Warning).ShouldContain($"Sweep sweep-20260301 was skipped: {Other} has not ended.");
    }

    [Fact]
    public async Task A_schedule_that_fires_twice_starts_one_sweep()
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings(Quick));

        await FireAsync(app);
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        string before = await StoreDump.ReadAsync(app.Settings.StorePath);
        await FireAsync(app);

        (await StoreDump.ReadAsync(app.Settings.StorePath)).ShouldBe(before);
        (await app.Durable.GetInstanceAsync("sweep-20260301", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Without_contexts_the_timer_does_nothing_and_says_so()
    {
        SearchAppSettings settings = Settings([]);
        await using SearchApp app = await SearchApp.StartAsync(settings);

        await FireAsync(app);

        ((LogLines)settings.Log!).Lines.Count(line => line.Message.Contains("PelNas:Sweep:Contexts is empty", StringComparison.Ordinal))
            .ShouldBe(1);
        (await app.Sweeps.ListAsync(10, null, Cancellation)).Sweeps.ShouldBeEmpty();
        (await app.Durable.GetInstanceAsync("sweep-20260301", Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData("Contexts", "cifar10:abacus", "'abacus' is unknown")]
    [InlineData("Window", "9", "window: 9 is not allowed")]
    [InlineData("Seeds", "1,two", "PelNas:Sweep:Seeds is '1,two'")]
    public async Task Settings_that_would_fail_in_the_night_stop_the_start(string setting, string value, string message)
    {
        Dictionary<string, string> configuration = new(Quick) { [$"PelNas:Sweep:{setting}"] = value };

        (await Should.ThrowAsync<OptionsValidationException>(() => SearchApp.StartAsync(Settings(configuration))))
            .Message.ShouldContain(message);
    }

    private static Task FireAsync(SearchApp app) => app.CreateFunction<NightlySweep>().RunAsync(new TimerInfo(), app.Durable, Cancellation);

    /// <summary>A sweep that is due some day and until then pending.</summary>
    private static Task<string> ScheduleForLaterAsync(SearchApp app, string sweepId) => app.ScheduleForLaterAsync(
        nameof(ActiveSweepOrchestrator),
        ActiveSweepOrchestrator.InstanceId,
        new ActiveSweepInput(sweepId, new SweepInput(new SweepRequest(), Night: null, IsLate: false)));

    private SearchAppSettings Settings(Dictionary<string, string> configuration)
        => new(Folder.Path) { Configuration = configuration, Log = new LogLines() };
}
