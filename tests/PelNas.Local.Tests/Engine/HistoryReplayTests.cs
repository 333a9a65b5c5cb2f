namespace PelNas.Local.Tests.Engine;

public sealed class HistoryReplayTests : EngineTest
{
    public HistoryReplayTests() => Functions
        .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<int>("Child", 5, new SubOrchestrationOptions(instanceId: "child")))
        .Orchestrator("Child", ChildAsync)
        .Activity<int, int>("Adds", n => n + 1)
        .Activity<int, int>("Fails", _ => throw new FormatException("no"));

    [Fact]
    public async Task What_the_code_does_otherwise_is_found()
    {
        RecordedHistory history = RecordedHistory.FromJson((await RecordAsync()).ToJson());

        history.FindDifference(Functions).ShouldBeNull();
        new RecordedHistory([.. history.Events.TakeWhile(e => e is not TimerFiredEvent)]).FindDifference(Functions).ShouldBeNull();
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
        string id = await engine.Client.ScheduleAsync("Parent");
        await engine.AdvanceAfterTimerAsync("child", TimeSpan.FromMinutes(1));
        await engine.Client.FinishAsync(id);
        return await RecordedHistory.ReadAsync(engine.Client, "child", Cancellation);
    }
}
