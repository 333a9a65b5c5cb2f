namespace PelNas.Local.Tests.Engine.Faults;

/// <summary>Stops the engine at every change of its history in turn, as a kill would, and starts it again on the same file.</summary>
public sealed class StoppedEngineTests : EngineTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_engine_stopped_at_any_change_goes_on_to_the_same_result_and_repeats_no_finished_activity(bool before)
    {
        CommitLog undisturbed = new();
        SampleWorkflow sample = new();
        await using (TestEngine engine = await sample.StartAsync(Folder.File("undisturbed.db"), undisturbed))
        {
            (await engine.Client.RunAsync("Root", id: "root")).ReadOutputAs<string>().ShouldBe(SampleWorkflow.Expected);
        }

        undisturbed.Commits.ShouldBeGreaterThan(30);
        sample.Functions.Runs.Values.ShouldAllBe(runs => runs == 1);
        for (long stopAt = 1; stopAt <= undisturbed.Commits; stopAt++)
        {
            await StopAndGoOnAsync(stopAt, before);
        }
    }

    [Fact]
    public async Task A_history_that_was_stopped_takes_no_more_and_ends_the_engine()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using TestEngine engine = await StartAsync(new CommitLog { StopAt = 3 });
        await engine.Client.ScheduleAsync("Waits", id: "waits");
        await engine.Log.WaitForAsync("waits", EventType.ExecutionStarted);
        Task wait = engine.Client.WaitForInstanceCompletionAsync("waits", Cancellation);

        await Should.ThrowAsync<CommitLog.StoppedException>(() => engine.Client.RaiseEventAsync("waits", "N", 1, Cancellation));
        await Should.ThrowAsync<CommitLog.StoppedException>(() => engine.Client.RaiseEventAsync("waits", "N", 1, Cancellation));
        await Should.ThrowAsync<CommitLog.StoppedException>(() => Awaiting.For(engine.Host.ExecuteTask!, "the engine's end"));
        await Should.ThrowAsync<CommitLog.StoppedException>(() => Awaiting.For(wait, "the wait's end"));
    }

    private async Task StopAndGoOnAsync(long stopAt, bool before)
    {
        string when = $"{(before ? "before" : "after")} change {stopAt}";
        string path = Folder.File($"{stopAt}.db");
        SampleWorkflow sample = new();
        CommitLog log = new() { StopAt = stopAt, StopsBefore = before };
        await using (TestEngine engine = await sample.StartAsync(path, log))
        {
            try
            {
                await Awaiting.For(Task.WhenAny(engine.Client.RunAsync("Root", id: "root"), engine.Host.ExecuteTask!), $"the stop {when}");
            }
            catch (CommitLog.StoppedException)
            {
                // It struck the client's own call.
            }
        }

        HashSet<string> unfinished = SampleWorkflow.Unfinished(path);
        Dictionary<string, int> finished = sample.Functions.Runs.Where(run => !unfinished.Contains(run.Key)).ToDictionary();
        await using TestEngine again = await sample.StartAsync(path, new CommitLog());
        if (await again.Client.GetInstanceAsync("root", Cancellation) is null)
        {
            await again.Client.ScheduleAsync("Root", id: "root");
        }

        (await again.Client.FinishAsync("root")).ReadOutputAs<string>().ShouldBe(SampleWorkflow.Expected, when);
        sample.Functions.Runs.Where(run => finished.ContainsKey(run.Key)).ShouldBe(finished, ignoreOrder: true, when);
    }
}
