using Microsoft.DurableTask;
using PelNas.Local.Durable;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class HistoryReplayTests : DurableTest
{
    [Fact]
    public async Task A_history_goes_through_JSON_and_replays_against_the_same_code()
    {
        RecordedHistory history = RecordedHistory.FromJson((await RecordAsync()).ToJson());

        history.InstanceId.ShouldBe("root-child");
        history.Name.ShouldBe("Child");
        history.ParentInstanceId.ShouldBe("root");
        history.ParentName.ShouldBe("Root");
        history.Events[^1].Kind.ShouldBe(HistoryEventKind.ExecutionCompleted);
        history.Events.Single(e => e.Kind == HistoryEventKind.TaskFailed).Failure!.ErrorMessage.ShouldBe("first");
        HistoryReplay.FindDifference(history, Functions).ShouldBeNull();
    }

    [Fact]
    public async Task Each_beginning_of_a_history_that_ends_with_a_run_replays_too()
    {
        RecordedHistory history = await RecordAsync();
        int[] ends = [.. Enumerable.Range(1, history.Events.Count - 1).Where(i => history.Events[i].Kind == HistoryEventKind.OrchestratorStarted)];

        ends.Length.ShouldBeGreaterThan(2);
        foreach (int end in ends)
        {
            HistoryReplay.FindDifference(history with { Events = [.. history.Events.Take(end)] }, Functions).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_changed_call_is_found()
    {
        RecordedHistory history = await RecordAsync();
        LambdaFunctions changed = new LambdaFunctions().Orchestrator("Child", c => c.CallActivityAsync<int>("Renamed", 1));

        string difference = HistoryReplay.FindDifference(history, changed)!;

        difference.ShouldContain("its history says: TimerCreated #0");
        difference.ShouldContain("'Renamed'");
    }

    [Fact]
    public async Task A_call_added_at_the_end_is_found()
    {
        RecordedHistory history = await RecordAsync();
        LambdaFunctions changed = new LambdaFunctions().Orchestrator("Child", async context =>
        {
            await ChildAsync(context);
            return await context.CallActivityAsync<int>("Report", 1);
        });

        HistoryReplay.FindDifference(history, changed)!.ShouldContain("TaskScheduled #5 'Report'");
    }

    [Fact]
    public async Task A_changed_output_and_a_missing_orchestrator_are_found()
    {
        RecordedHistory history = await RecordAsync();

        HistoryReplay.FindDifference(history, new LambdaFunctions().Orchestrator("Child", async c => 1 + await ChildAsync(c)))!
            .ShouldContain("the output 7. The code asked for: the output 8");
        HistoryReplay.FindDifference(history, new LambdaFunctions())!.ShouldContain("no orchestrator function named 'Child'");
    }

    [Fact]
    public async Task A_failed_history_replays_when_the_code_fails_alike()
    {
        Functions.Orchestrator("Fails", async Task (c) =>
        {
            await c.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            throw new FormatException("no");
        });
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Fails", id: "fails");
        RecordedHistory history = new LocalDurableHistory(host.Store).Read("fails")!;

        HistoryReplay.FindDifference(history, Functions).ShouldBeNull();
        HistoryReplay.FindDifference(history, new LambdaFunctions().Orchestrator("Fails", c => c.CreateTimer(TimeSpan.Zero, CancellationToken.None)))!
            .ShouldContain("to fail with System.FormatException. The code asked for: to end");
    }

    [Fact]
    public async Task A_terminated_history_replays()
    {
        Functions.Orchestrator("Waits", async c =>
        {
            await c.WaitForExternalEvent<int>("N");
            await c.CallActivityAsync("Never");
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionStarted);
        await host.Client.TerminateInstanceAsync("waits", Cancellation);
        await host.FinishAsync("waits");

        HistoryReplay.FindDifference(new LocalDurableHistory(host.Store).Read("waits")!, Functions).ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Other_JSON_is_refused(string json) => Should.Throw<System.Text.Json.JsonException>(() => RecordedHistory.FromJson(json));

    [Fact]
    public async Task There_is_no_history_of_an_unknown_instance()
    {
        await using DurableHost host = await StartAsync();

        new LocalDurableHistory(host.Store).Read("nobody").ShouldBeNull();
    }

    private async Task<RecordedHistory> RecordAsync()
    {
        int tries = 0;
        Functions
            .Orchestrator("Root", c => c.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: c.InstanceId + "-child")))
            .Orchestrator("Child", ChildAsync)
            .Activity<int, int>("Flaky", n => ++tries == 1 ? throw new TimeoutException("first") : n);
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Root", id: "root");
        await host.AdvanceAfterTimerAsync("root-child", TimeSpan.FromMinutes(1));
        await host.AdvanceAfterTimerAsync("root-child", TimeSpan.FromMinutes(1), timers: 2);
        await host.Client.RaiseEventAsync("root-child", "N", 3, Cancellation);
        await host.FinishAsync("root");
        return new LocalDurableHistory(host.Store).Read("root-child")!;
    }

    private static async Task<int> ChildAsync(TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
        int four = await context.CallActivityAsync<int>("Flaky", 4, new TaskOptions(new RetryPolicy(3, TimeSpan.FromMinutes(1))));
        context.SendEvent("elsewhere", "Hello", 1);
        return four + await context.WaitForExternalEvent<int>("N");
    }
}
