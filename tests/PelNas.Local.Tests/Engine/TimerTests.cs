namespace PelNas.Local.Tests.Engine;

public sealed class TimerTests : EngineTest
{
    [Fact]
    public async Task Timers_and_dates_go_by_the_clock_that_was_given()
    {
        Functions.Orchestrator("Sleeps", async c =>
        {
            DateTime start = c.CurrentUtcDateTime;
            await c.CreateTimer(TimeSpan.FromMinutes(90), CancellationToken.None);
            return new[] { start, c.CurrentUtcDateTime };
        });
        await using TestEngine engine = await StartAsync();
        string id = await engine.Client.ScheduleAsync("Sleeps");
        await engine.AdvanceAfterTimerAsync(id, TimeSpan.FromMinutes(89));
        (await engine.Client.StatusAsync(id)).ShouldBe(OrchestrationRuntimeStatus.Running);
        engine.Time.Advance(TimeSpan.FromMinutes(1));

        OrchestrationMetadata end = await engine.Client.FinishAsync(id);

        DateTime noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        end.ReadOutputAs<DateTime[]>().ShouldBe([noon, noon.AddMinutes(90)]);
        (end.CreatedAt, end.LastUpdatedAt).ShouldBe((noon, noon.AddMinutes(90)));
        IList<HistoryEvent> history = await engine.Client.GetOrchestrationHistoryAsync(id, Cancellation);
        history.ShouldAllBe(e => e.Timestamp == noon || e.Timestamp == noon.AddMinutes(90));
    }

    [Fact]
    public async Task A_timer_outlives_the_process_and_may_be_long()
    {
        Functions.Orchestrator("Sleeps", c => c.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None));
        await using (TestEngine first = await StartAsync())
        {
            await first.Client.ScheduleAsync("Sleeps", id: "sleeps");
            await first.Log.WaitForAsync("sleeps", EventType.TimerCreated);
        }

        await using TestEngine engine = await StartAsync();
        engine.Time.Advance(TimeSpan.FromDays(3));

        // The SDK makes timers of three days at most, one after another.
        await engine.AdvanceAfterTimerAsync("sleeps", TimeSpan.FromDays(3), timers: 1);
        await engine.AdvanceAfterTimerAsync("sleeps", TimeSpan.FromDays(1), timers: 2);
        (await engine.Client.FinishAsync("sleeps")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task The_event_wins_over_a_timer_that_is_cancelled()
    {
        Functions.Orchestrator("Waits", async c =>
        {
            using CancellationTokenSource cancel = new();
            Task timer = c.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            Task<int> number = c.WaitForExternalEvent<int>("N");
            bool isInTime = await Task.WhenAny(timer, number) == number;
            cancel.Cancel();
            return isInTime ? await number : -1;
        });
        await using TestEngine engine = await StartAsync();
        await engine.Client.ScheduleAsync("Waits", id: "in time");
        await engine.Client.ScheduleAsync("Waits", id: "late");
        await engine.Client.RaiseEventAsync("in time", "N", 5, Cancellation);
        (await engine.Client.FinishAsync("in time")).ReadOutputAs<int>().ShouldBe(5);

        await engine.AdvanceAfterTimerAsync("late", TimeSpan.FromDays(1));

        (await engine.Client.FinishAsync("late")).ReadOutputAs<int>().ShouldBe(-1);
    }
}
