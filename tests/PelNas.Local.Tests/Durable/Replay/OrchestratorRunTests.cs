using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class OrchestratorRunTests : DurableTest
{
    private int _runs;

    public OrchestratorRunTests() => Functions
        .Activity<object, int>("A", _ => 1)
        .Activity<object, int>("B", _ => 2);

    [Fact]
    public async Task Another_activity_in_a_replay_fails_the_instance_with_position_history_and_code()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            await context.CallActivityAsync(Interlocked.Increment(ref _runs) == 1 ? "A" : "B");
            await context.CallActivityAsync("A");
        });

        failure.ErrorMessage.ShouldContain("At position 2 its history says: TaskScheduled #0 'A'. The code asked for: TaskScheduled #0 'B'.");
    }

    [Fact]
    public async Task Another_kind_of_action_in_a_replay_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            Task first = Interlocked.Increment(ref _runs) == 1
                ? context.CallActivityAsync("A")
                : context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await first;
        });

        failure.ErrorMessage.ShouldContain("its history says: TaskScheduled #0 'A'. The code asked for: TimerCreated #0 for 2026-03-01T13:00:00");
    }

    [Fact]
    public async Task One_action_more_in_a_replay_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            if (Interlocked.Increment(ref _runs) > 1)
            {
                context.SendEvent("other", "Hello", 1);
            }

            await context.CallActivityAsync("A");
        });

        failure.ErrorMessage.ShouldContain("its history says: TaskScheduled #0 'A'. The code asked for: EventSent #0 'Hello' to instance 'other'");
    }

    [Fact]
    public async Task One_action_more_behind_the_recorded_ones_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            Task a = context.CallActivityAsync("A");
            Task b = Interlocked.Increment(ref _runs) > 1 ? context.CallActivityAsync("B") : Task.CompletedTask;
            await Task.WhenAll(a, b);
        });

        failure.ErrorMessage.ShouldContain("At position 3 its history says: no further action before this position. The code asked for: TaskScheduled #1 'B'");
    }

    [Fact]
    public async Task One_action_less_in_a_replay_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            if (Interlocked.Increment(ref _runs) == 1)
            {
                await context.CallActivityAsync("A");
            }
        });

        failure.ErrorMessage.ShouldContain("its history says: TaskScheduled #0 'A'. The code asked for: nothing more.");
    }

    [Fact]
    public async Task An_input_that_is_not_the_same_in_a_replay_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            await context.CallActivityAsync("A", new { seed = Interlocked.Increment(ref _runs) });
            await context.CallActivityAsync("B");
        });

        failure.ErrorMessage.ShouldContain("""with input {"seed":1}. The code asked for: TaskScheduled #0 'A' with input {"seed":2}.""");
    }

    [Fact]
    public async Task Another_timer_or_child_id_in_a_replay_fails_the_instance()
    {
        (await FailureOfAsync(async context =>
        {
            await context.CallActivityAsync("A");
            await context.CreateTimer(TimeSpan.FromSeconds(Interlocked.Increment(ref _runs) - 10), CancellationToken.None);
            await context.CallActivityAsync("B");
        })).ErrorMessage.ShouldContain("TimerCreated #1 for");

        Functions.Orchestrator("Child", _ => Task.CompletedTask);
        (await FailureOfAsync(async context =>
        {
            await context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: $"child-{Interlocked.Increment(ref _runs)}"));
            await context.CallActivityAsync("B");
        })).ErrorMessage.ShouldContain("to instance 'child-");
    }

    [Fact]
    public async Task A_run_that_differs_does_not_start_what_it_asked_for()
    {
        await FailureOfAsync(async context =>
        {
            await context.CallActivityAsync(Interlocked.Increment(ref _runs) == 1 ? "A" : "B");
            await context.CallActivityAsync("B");
        });

        Functions.Runs.Keys.ShouldAllBe(key => key.StartsWith('A'));
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("source")]
    [InlineData("thread")]
    public async Task Waiting_for_what_is_not_durable_fails_the_instance(string what)
    {
        using CancellationTokenSource end = new();
        TaskFailureDetails failure = await FailureOfAsync(async _ => await (what switch
        {
            "delay" => Task.Delay(Timeout.Infinite, end.Token),
            "source" => new TaskCompletionSource().Task,
            _ => Task.Run(() => end.Token.WaitHandle.WaitOne(), CancellationToken.None),
        }));

        await end.CancelAsync();
        failure.ErrorMessage.ShouldContain("waits, at position 2 of its history, for something that is not a durable task");
        failure.ErrorMessage.ShouldContain("use CreateTimer");
    }

    [Fact]
    public async Task Going_on_from_another_thread_fails_the_instance_even_while_it_waits_for_a_durable_task()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            Task durable = context.WaitForExternalEvent<int>("Never");

            // Long enough that it does not end before it is awaited, which would be no other thread.
            await Task.WhenAny(durable, Task.Delay(250, CancellationToken.None));
            await durable;
        });

        failure.ErrorMessage.ShouldContain("awaited a task that is not durable");
    }

    [Fact]
    public async Task Using_the_context_from_another_thread_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            Task durable = context.WaitForExternalEvent<int>("Never");
            _ = Task.Run(() => context.CallActivityAsync("A"));
            await durable;
        });

        failure.ErrorMessage.ShouldContain("used its TaskOrchestrationContext from another thread");
    }

    [Fact]
    public async Task Leaving_the_context_by_ConfigureAwait_fails_the_instance()
    {
        TaskFailureDetails failure = await FailureOfAsync(async context =>
        {
            await context.CallActivityAsync("A").ConfigureAwait(false);
            await context.CallActivityAsync("B").ConfigureAwait(false);
        });

        failure.ErrorMessage.ShouldContain("do not use ConfigureAwait(false)");
    }

    [Fact]
    public async Task Yielding_and_tasks_that_have_ended_are_fine()
    {
        Functions.Orchestrator("Fine", async context =>
        {
            await Task.Yield();
            await Task.CompletedTask;
            int a = await context.CallActivityAsync<int>("A");
            await Task.Yield();
            return a + await context.CallActivityAsync<int>("B");
        });
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Fine")).ReadOutputAs<int>().ShouldBe(3);
    }

    private async Task<TaskFailureDetails> FailureOfAsync(Func<TaskOrchestrationContext, Task> orchestrator)
    {
        Functions.Orchestrator("Wrong", orchestrator);
        await using DurableHost host = await StartAsync();
        OrchestrationMetadata result = await host.RunAsync("Wrong");
        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        result.FailureDetails!.ErrorType.ShouldBe(typeof(NonDeterministicOrchestrationException).FullName);
        return result.FailureDetails;
    }
}
