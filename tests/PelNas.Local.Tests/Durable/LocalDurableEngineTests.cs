using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.Time.Testing;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable;

public sealed class LocalDurableEngineTests : DurableTest
{
    /// <summary>What every run of the sample comes to, however often it is interrupted.</summary>
    private const string Expected = "0:[1,4,9]+5+1 1:[1,4,9]+5+1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_killed_at_any_commit_goes_on_to_the_same_result_and_repeats_no_finished_activity(bool before)
    {
        long commits = await CountCommitsAsync();
        commits.ShouldBeGreaterThan(30);

        for (long stopAt = 1; stopAt <= commits; stopAt++)
        {
            await KillAndGoOnAsync(stopAt, before);
        }
    }

    [Fact]
    public async Task A_history_that_was_stopped_takes_no_more()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using DurableHost host = await StartAsync(new CommitLog { StopAt = 3 });
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionStarted);

        await Should.ThrowAsync<CommitLog.StoppedException>(() => host.Client.RaiseEventAsync("waits", "N", 1, Cancellation));
        await Should.ThrowAsync<CommitLog.StoppedException>(() => host.Client.RaiseEventAsync("waits", "N", 1, Cancellation));
    }

    [Fact]
    public async Task A_failing_commit_of_the_engine_faults_it()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using DurableHost host = await StartAsync(new CommitLog { StopAt = 2 });
        await host.ScheduleAsync("Waits", id: "waits");

        await Should.ThrowAsync<CommitLog.StoppedException>(() => Awaiting.For(host.Engine.ExecuteTask!, "the engine's end"));
        await Should.ThrowAsync<CommitLog.StoppedException>(() => host.Client.WaitForInstanceCompletionAsync("waits", Cancellation));
    }

    private async Task<long> CountCommitsAsync()
    {
        Sample sample = new();
        using HistoryFile file = new();
        await using DurableHost host = await sample.StartAsync(file, new CommitLog());
        (await host.RunAsync("Root", id: "root")).ReadOutputAs<string>().ShouldBe(Expected);
        return host.Log.Commits;
    }

    private static async Task KillAndGoOnAsync(long stopAt, bool before)
    {
        string when = $"{(before ? "before" : "after")} commit {stopAt}";
        Sample sample = new();
        using HistoryFile file = new();
        await using (DurableHost host = await sample.StartAsync(file, new CommitLog { StopAt = stopAt, StopsBefore = before }))
        {
            try
            {
                await Awaiting.For(Task.WhenAny(host.RunAsync("Root", id: "root"), host.Engine.ExecuteTask!), $"the kill {when}");
            }
            catch (CommitLog.StoppedException)
            {
                // It struck the client's own call.
            }
        }

        HashSet<string> unfinished;
        using (HistoryStore store = new(file.Path, []))
        {
            unfinished = [.. store.Read(c => c.Query("SELECT name, input FROM activities", row => $"{row.GetString(0)} {row.GetString(1)}"))];
        }

        Dictionary<string, int> finished = sample.Functions.Runs.Where(run => !unfinished.Contains(run.Key)).ToDictionary();
        await using DurableHost again = await sample.StartAsync(file, new CommitLog());
        if (await again.Client.GetInstanceAsync("root", Cancellation) is null)
        {
            await again.ScheduleAsync("Root", id: "root");
        }

        (await again.FinishAsync("root")).ReadOutputAs<string>().ShouldBe(Expected, when);
        foreach ((string activity, int runs) in finished)
        {
            sample.Functions.Runs[activity].ShouldBe(runs, $"{activity} {when}");
        }
    }

    /// <summary>An app that uses everything: fan-out, children, retries, timers, events, ContinueAsNew. Time jumps to each timer as it is made.</summary>
    private sealed class Sample
    {
        private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        private readonly ConcurrentDictionary<int, bool> _failed = new();

        public Sample() => Functions
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

        public async Task<DurableHost> StartAsync(HistoryFile file, CommitLog log)
        {
            DurableHost host = DurableHost.Create(Functions, file.Path, _time, log, options => options.Observers.Insert(0, new TimeJump(_time)));
            await host.Engine.StartAsync(Cancellation);
            return host;
        }

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
            int flaky = await context.CallActivityAsync<int>("Flaky", round, new TaskOptions(new RetryPolicy(3, TimeSpan.FromMinutes(1))));
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
                foreach (HistoryEvent timer in commit.Events.Where(e => e.FireAt > time.GetUtcNow()))
                {
                    time.SetUtcNow(timer.FireAt!.Value);
                }
            }
        }
    }
}
