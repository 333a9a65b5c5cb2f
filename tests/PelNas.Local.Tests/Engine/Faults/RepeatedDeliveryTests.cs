using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using PelNas.Local.Engine;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Tests.Engine.Faults;

/// <summary>Hands every activity out twice, as happens when a process is killed between an activity's work and its record.</summary>
public sealed class RepeatedDeliveryTests : EngineTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_activity_that_is_delivered_twice_counts_once(bool atTheSameTime)
    {
        SampleWorkflow sample = new();
        Repeating functions = new(sample.Functions, HistoryPath, atTheSameTime);
        await using TestEngine engine = await sample.StartAsync(HistoryPath, new CommitLog(), functions);
        functions.Service = engine.Service;

        (await engine.RunAsync("Root", id: "root")).ReadOutputAs<string>().ShouldBe(SampleWorkflow.Expected);

        sample.Functions.Runs.Values.Sum().ShouldBeGreaterThan(sample.Functions.Runs.Count);
        engine.Log.Events.Where(e => e.Event is TaskCompletedEvent)
            .GroupBy(e => (e.InstanceId, ((TaskCompletedEvent)e.Event).TaskScheduledId))
            .ShouldAllBe(results => results.Count() == 1);
    }

    /// <summary>Runs the functions, and has each activity handed out again when it is first run.</summary>
    private sealed class Repeating(LambdaFunctions inner, string historyPath, bool atTheSameTime) : IDurableFunctions
    {
        private readonly HashSet<long> _seen = [];
        private readonly Dictionary<string, TaskCompletionSource> _second = [];

        public SqliteOrchestrationService Service { get; set; } = null!;

        public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

        public bool HasActivity(string name) => inner.HasActivity(name);

        public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
            inner.RunOrchestratorAsync(name, context, serializedInput);

        public async Task<string?> RunActivityAsync(
            string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
        {
            string key = $"{name} {instanceId} {serializedInput}";
            bool isFirst = false;
            TaskCompletionSource? second;
            lock (_seen)
            {
                using HistoryConnection connection = new(historyPath, canWrite: false);
                List<long> waiting = connection.Query("SELECT seq FROM activities", row => row.GetInt64(0));
                foreach (long seq in waiting.Where(_seen.Add))
                {
                    Service.AbandonTaskActivityWorkItemAsync(new TaskActivityWorkItem { Id = $"{seq}" });
                }

                if (!_second.TryGetValue(key, out second))
                {
                    isFirst = true;
                    _second.Add(key, second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                }
                else
                {
                    second.TrySetResult();
                }
            }

            if (isFirst && atTheSameTime)
            {
                await Awaiting.For(second.Task, "the second delivery");
            }

            return await inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
        }
    }
}
