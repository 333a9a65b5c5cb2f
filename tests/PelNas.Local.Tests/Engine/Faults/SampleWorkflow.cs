using Microsoft.Extensions.Time.Testing;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Tests.Engine.Faults;

/// <summary>An app that uses everything: fan-out, sub-orchestrations, retries, timers, events, ContinueAsNew, custom status.</summary>
internal sealed class SampleWorkflow
{
    /// <summary>What every run of it comes to, however often it is interrupted.</summary>
    public const string Expected = "0:[1,4,9]+5+1 1:[1,4,9]+5+1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<int, bool> _failed = new();

    public SampleWorkflow() => Functions
        .Orchestrator("Root", RootAsync)
        .Orchestrator("Child", ChildAsync)
        .Orchestrator("Answers", async context =>
        {
            context.SendEvent(context.GetInput<string>()!, "Answer", await context.CallActivityAsync<int>("Ask", context.InstanceId));
        })
        .Activity<int[], int>("Square", pair => pair[1] * pair[1])
        .Activity<string, int>("Ask", _ => 5)
        .Activity<int, int>("Flaky", n => _failed.TryAdd(n, true) ? throw new TimeoutException("first time") : 1);

    public LambdaFunctions Functions { get; } = new();

    /// <summary>The activities, with their inputs, that a history file has no results of.</summary>
    public static HashSet<string> Unfinished(string historyPath)
    {
        using HistoryConnection connection = new(historyPath, canWrite: true);
        return [.. connection.Query(
            "SELECT id, event ->> 'Name', event ->> 'Input' FROM activities JOIN instances ON key = instance",
            row => $"{row.GetString(0)} {row.GetString(1)} {row.GetString(2)[1..^1]}")];
    }

    /// <summary>Starts an engine whose time jumps to each timer as it is made.</summary>
    public Task<TestEngine> StartAsync(string historyPath, CommitLog log, IDurableFunctions? functions = null) =>
        new TestEngine(functions ?? Functions, historyPath, _time, log, options => options.Observers.Insert(0, new TimeJump(_time)))
            .StartAsync();

    private static async Task<string?> RootAsync(TaskOrchestrationContext context)
    {
        Progress progress = context.GetInput<Progress>() ?? new Progress(0, string.Empty);
        string round = await context.CallSubOrchestratorAsync<string>(
            "Child", progress.Round, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-{progress.Round}"));
        context.SetCustomStatus(progress.Round);
        string text = $"{progress.Text} {progress.Round}:{round}".Trim();
        if (progress.Round == 0)
        {
            context.ContinueAsNew(new Progress(progress.Round + 1, text));
        }

        return text;
    }

    private static async Task<string> ChildAsync(TaskOrchestrationContext context)
    {
        int round = context.GetInput<int>();
        Task<int> answer = context.WaitForExternalEvent<int>("Answer");
        Task asking = context.CallSubOrchestratorAsync("Answers", context.InstanceId);
        int[] squares = await Task.WhenAll(new[] { 1, 2, 3 }.Select(n => context.CallActivityAsync<int>("Square", new[] { round, n })));
        await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
        int flaky = await context.CallActivityAsync<int>("Flaky", round, new TaskOptions(new RetryPolicy(100, TimeSpan.FromMinutes(1))));
        await asking;
        return $"[{string.Join(',', squares)}]+{await answer}+{flaky}";
    }

    private sealed record Progress(int Round, string Text);

    private sealed class TimeJump(FakeTimeProvider time) : IHistoryObserver
    {
        public void OnCommitting(HistoryCommit commit)
        {
        }

        public void OnCommitted(HistoryCommit commit)
        {
            foreach (TimerCreatedEvent timer in commit.Events.OfType<TimerCreatedEvent>().Where(timer => timer.FireAt > time.GetUtcNow()))
            {
                time.SetUtcNow(timer.FireAt);
            }
        }
    }
}
