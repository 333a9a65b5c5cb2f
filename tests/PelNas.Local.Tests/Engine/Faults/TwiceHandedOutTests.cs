using DurableTask.Core;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Tests.Engine.Faults;

/// <summary>Hands every activity out twice, as happens when a process is killed between an activity's work and its record.</summary>
public sealed class TwiceHandedOutTests : EngineTest
{
    private readonly HashSet<long> _handedOut = [];
    private readonly Dictionary<string, TaskCompletionSource> _second = [];
    private TestEngine? _engine;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_activity_that_is_delivered_twice_counts_once(bool atTheSameTime)
    {
        SampleWorkflow sample = new();
        ActivityMiddleware functions = new(sample.Functions, async (call, run) =>
        {
            Task second = RunAgain($"{call.Name} {call.InstanceId} {call.Input}");
            if (atTheSameTime)
            {
                await Awaiting.For(second, "the second delivery");
            }

            return await run();
        });
        await using TestEngine engine = await sample.StartAsync(HistoryPath, new CommitLog(), functions);
        _engine = engine;

        (await engine.Client.RunAsync("Root", id: "root")).ReadOutputAs<string>().ShouldBe(SampleWorkflow.Expected);

        sample.Functions.Runs.Values.Sum().ShouldBeGreaterThan(sample.Functions.Runs.Count);
        engine.Log.Events.Where(e => e.Event is TaskCompletedEvent)
            .GroupBy(e => (e.InstanceId, ((TaskCompletedEvent)e.Event).TaskScheduledId))
            .ShouldAllBe(results => results.Count() == 1);
    }

    /// <summary>Has the engine hand out again each activity that waits for a result and was handed out once.</summary>
    /// <returns>What ends when this call has come a second time.</returns>
    private Task RunAgain(string call)
    {
        lock (_handedOut)
        {
            using HistoryConnection connection = new(HistoryPath, canWrite: false);
            foreach (long seq in connection.Query("SELECT seq FROM activities", row => row.GetInt64(0)).Where(_handedOut.Add))
            {
                _engine!.Service.AbandonTaskActivityWorkItemAsync(new TaskActivityWorkItem { Id = $"{seq}" });
            }

            if (!_second.TryAdd(call, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)))
            {
                _second[call].TrySetResult();
            }

            return _second[call].Task;
        }
    }
}
