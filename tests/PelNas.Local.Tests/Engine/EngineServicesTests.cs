using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PelNas.Local.Engine.Dispatch;

namespace PelNas.Local.Tests.Engine;

public sealed class EngineServicesTests : EngineTest
{
    [Theory]
    [InlineData(" ", 1, 1, "1.0", "The HistoryPath field is required.")]
    [InlineData("h.db", 0, 1, "1.0", "The field MaxConcurrentActivities must be between 1 and 2147483647.")]
    [InlineData("h.db", 1, -1, "1.0", "The field MaxConcurrentOrchestrators must be between 1 and 2147483647.")]
    [InlineData("h.db", 1, 1, "one", "DefaultVersion must be a version such as 1.0.")]
    public void Settings_without_meaning_are_refused_by_their_name(
        string path, int activities, int orchestrators, string version, string message)
    {
        TestEngine engine = Create(configure: options =>
        {
            (options.HistoryPath, options.DefaultVersion) = (path, version);
            (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators) = (activities, orchestrators);
        });

        Should.Throw<OptionsValidationException>(() => engine.Host).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_stop_tells_activities_and_waits_for_them_and_they_run_again()
    {
        TaskCompletionSource isRunning = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool hasEnded = false;
        int calls = 0;
        Functions.Orchestrator("Calls", c => c.CallActivityAsync<int>("Slow", 1)).Activity<int, int>("Slow", async (n, stopping) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                isRunning.SetResult();
                await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.Yield();
                hasEnded = true;
                stopping.ThrowIfCancellationRequested();
            }

            return n;
        });
        await using (TestEngine engine = await StartAsync())
        {
            await engine.Client.ScheduleAsync("Calls", id: "calls");
            await Awaiting.For(isRunning.Task, "the activity");
        }

        hasEnded.ShouldBeTrue();
        await using TestEngine again = await StartAsync();
        (await again.Client.FinishAsync("calls")).ReadOutputAs<int>().ShouldBe(1);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_instance_of_a_later_version_is_logged_and_taken_up_by_the_app_that_knows_it()
    {
        Functions.Orchestrator("Version", c => Task.FromResult(c.Version));
        using LogLines log = new();
        await using (TestEngine old = await StartAsync(logger: log))
        {
            await old.Client.ScheduleAsync("Version", null, new StartOrchestrationOptions("later") { Version = "1.10" });
            await log.WaitForAsync("Orchestration 'later' (Version) waits for an app of version 1.10: this one has version 1.0.");
        }

        await using TestEngine engine = await StartAsync(configure: options => options.DefaultVersion = "1.10");
        (await engine.Client.FinishAsync("later")).ReadOutputAs<string>().ShouldBe("1.10");
        (await engine.Client.RunAsync("Version")).ReadOutputAs<string>().ShouldBe("1.10");
        log.Of(LogLevel.Warning).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Orchestrators_that_wait_are_kept_up_to_a_number_and_all_others_go_on_as_well()
    {
        Functions.Orchestrator("Adds", async c => await c.WaitForExternalEvent<int>("N") + await c.WaitForExternalEvent<int>("N"));
        await using TestEngine engine = await StartAsync();
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 300).Select(n => engine.Client.ScheduleAsync("Adds", id: $"adds-{n}")))];
        foreach (string id in ids)
        {
            await engine.Log.WaitForAsync(id, EventType.ExecutionStarted);
        }

        ItemsOf(KeptBy(engine.Service)).Count.ShouldBeInRange(1, 200);

        foreach (int n in (int[])[1, 2])
        {
            await Task.WhenAll(ids.Select(id => engine.Client.RaiseEventAsync(id, "N", n, Cancellation)));
        }

        foreach (string id in ids)
        {
            (await engine.Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(3);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_kept")]
    private static extern ref KeptOrchestrators KeptBy(SqliteOrchestrationService service);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_items")]
    private static extern ref OrderedDictionary<long, OrchestrationItem> ItemsOf(KeptOrchestrators kept);
}
