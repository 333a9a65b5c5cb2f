using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace PelNas.Local.Tests.Engine;

public sealed class RecordedHistoryTests : EngineTest
{
    public RecordedHistoryTests() => Functions
        .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<int>("Child", 5, new SubOrchestrationOptions(instanceId: "child")))
        .Orchestrator("Child", ChildAsync)
        .Activity<int, int>("Adds", n => n + 1)
        .Activity<int, int>("Fails", _ => throw new FormatException("no"));

    [Fact]
    public async Task A_history_goes_through_JSON_and_replays_against_the_same_code()
    {
        RecordedHistory history = RecordedHistory.FromJson((await RecordAsync()).ToJson());

        history.InstanceId.ShouldBe("child");
        history.Name.ShouldBe("Child");
        history.Parent!.Name.Name.ShouldBe("Parent");
        history.Events.OfType<TaskFailedEvent>().Single().FailureDetails!.ToString().ShouldBe("System.FormatException: no");
        history.Events.OfType<TaskFailedEvent>().Single().FailureDetails!.StackTrace.ShouldBeNull();
        history.FindDifference(Functions).ShouldBeNull();
    }

    [Fact]
    public async Task Each_beginning_of_a_history_replays_too()
    {
        RecordedHistory history = await RecordAsync();
        int[] ends = [.. Enumerable.Range(2, history.Events.Count - 2).Where(i => history.Events[i] is OrchestratorStartedEvent)];

        ends.Length.ShouldBeGreaterThan(2);
        foreach (int end in ends)
        {
            new RecordedHistory([.. history.Events.Take(end)]).FindDifference(Functions).ShouldBeNull();
        }
    }

    [Fact]
    public async Task What_the_code_does_otherwise_is_found()
    {
        RecordedHistory history = await RecordAsync();

        Difference(c => c.CallActivityAsync<int>("Renamed", 1)).ShouldContain("'Renamed'");
        Difference(async c => await ChildAsync(c) + await c.CallActivityAsync<int>("Added", 1)).ShouldContain("activity 'Added'");
        Difference(async c => await ChildAsync(c) > 0 ? throw new FormatException("new") : 0).ShouldContain("new");
        Difference(async c =>
        {
            await Task.Yield();
            await Task.Delay(Timeout.Infinite, Cancellation);
            return 1;
        }).ShouldContain("not a durable task");
        history.FindDifference(new LambdaFunctions())!.ShouldContain("no orchestrator 'Child'");

        string Difference(Func<TaskOrchestrationContext, Task<int>> changed) =>
            history.FindDifference(new LambdaFunctions().Orchestrator("Child", changed))!;
    }

    private static async Task<int> ChildAsync(TaskOrchestrationContext context)
    {
        int n = await context.CallActivityAsync<int>("Adds", context.GetInput<int>());
        await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
        try
        {
            return await context.CallActivityAsync<int>("Fails", n);
        }
        catch (TaskFailedException)
        {
            return n;
        }
    }

    private async Task<RecordedHistory> RecordAsync()
    {
        await using TestEngine engine = await StartAsync();
        string id = await engine.ScheduleAsync("Parent");
        await engine.AdvanceAfterTimerAsync("child", TimeSpan.FromMinutes(1));
        await engine.FinishAsync(id);
        return await RecordedHistory.ReadAsync(engine.Client, "child", Cancellation);
    }
}
