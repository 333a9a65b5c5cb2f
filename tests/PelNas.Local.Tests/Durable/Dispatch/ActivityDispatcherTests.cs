using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Durable.Dispatch;

public sealed class ActivityDispatcherTests : DurableTest
{
    [Fact]
    public async Task A_fan_out_keeps_to_the_bound_and_uses_it_and_every_activity_runs_once()
    {
        const int bound = 7;
        int running = 0;
        int most = 0;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("FanOut", async c => (await Task.WhenAll(Enumerable.Range(0, 200).Select(n => c.CallActivityAsync<int>("Square", n)))).Sum())
            .Activity<int, int>("Square", async (n, token) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now == bound)
                {
                    full.TrySetResult();
                }

                // The first ones wait for each other, so that the bound is reached.
                await full.Task.WaitAsync(token);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return n * n;
            });
        await using DurableHost host = await StartAsync(configure: options => options.MaxConcurrentActivities = bound);

        OrchestrationMetadata result = await host.RunAsync("FanOut");

        result.ReadOutputAs<int>().ShouldBe(Enumerable.Range(0, 200).Sum(n => n * n));
        most.ShouldBe(bound);
        Functions.Runs.Count.ShouldBe(200);
        Functions.Runs.Values.ShouldAllBe(runs => runs == 1);
    }

    [Fact]
    public async Task An_unknown_activity_fails_without_retries()
    {
        Functions.Orchestrator("Calls", c => c.CallActivityAsync("Scroe", 1, new TaskOptions(new RetryPolicy(5, TimeSpan.FromHours(1)))));
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Calls");

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        TaskFailureDetails failure = result.FailureDetails!.InnerFailure!;
        failure.ErrorType.ShouldBe("ActivityTaskNotFound");
        failure.ErrorMessage.ShouldContain("'Scroe'");
    }

    [Fact]
    public async Task A_failure_comes_to_the_caller_with_type_message_stack_and_inner_failure()
    {
        TaskFailedException? caught = null;
        Functions
            .Orchestrator("Calls", async c =>
            {
                try
                {
                    await c.CallActivityAsync("Ok", 0);
                    await c.CallActivityAsync("Breaks", 1);
                }
                catch (TaskFailedException e)
                {
                    caught = e;
                }
            })
            .Activity<int, int>("Ok", n => n)
            .Activity<int, int>("Breaks", _ => throw new InvalidOperationException("outer", new TimeoutException("inner")));
        await using DurableHost host = await StartAsync();

        await host.RunAsync("Calls");

        caught.ShouldNotBeNull();
        caught.TaskName.ShouldBe("Breaks");
        caught.TaskId.ShouldBe(1);
        caught.Message.ShouldBe("Task 'Breaks' (#1) failed with an unhandled exception: outer");
        caught.FailureDetails.ErrorType.ShouldBe("System.InvalidOperationException");
        caught.FailureDetails.ErrorMessage.ShouldBe("outer");
        caught.FailureDetails.StackTrace!.ShouldContain(nameof(ActivityDispatcherTests));
        caught.FailureDetails.InnerFailure!.ErrorType.ShouldBe("System.TimeoutException");
        caught.FailureDetails.InnerFailure.ErrorMessage.ShouldBe("inner");
    }

    [Fact]
    public async Task An_activity_cancelled_by_the_stop_runs_again_at_the_next_start()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool block = true;
        Functions
            .Orchestrator("Calls", c => c.CallActivityAsync<int>("Slow", 1))
            .Activity<int, int>("Slow", async (n, token) =>
            {
                started.TrySetResult();
                await (block ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);
                return n;
            });
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Calls", id: "calls");
            await Awaiting.For(started.Task, "the activity's start");
        }

        block = false;
        await using DurableHost again = await StartAsync();
        (await again.FinishAsync("calls")).ReadOutputAs<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_lets_a_running_activity_end_and_keeps_its_result()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("Calls", c => c.CallActivityAsync<int>("Stubborn", 1))
            .Activity<int, int>("Stubborn", async (n, token) =>
            {
                token.UnsafeRegister(_ => stopping.TrySetResult(), null);
                started.TrySetResult();
                await stopping.Task;
                return n;
            });
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Calls", id: "calls");
            await Awaiting.For(started.Task, "the activity's start");
        }

        await using DurableHost again = await StartAsync();
        (await again.FinishAsync("calls")).ReadOutputAs<int>().ShouldBe(1);
        Functions.Runs.Values.ShouldBe([1]);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_stop_is_a_failure()
    {
        Functions
            .Orchestrator("Calls", c => c.CallActivityAsync<int>("TimesOut", 1))
            .Activity<int, int>("TimesOut", (_, _) => throw new OperationCanceledException("request timed out"));
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Calls");

        result.FailureDetails!.InnerFailure!.ErrorMessage.ShouldBe("request timed out");
    }

    [Fact]
    public async Task An_activity_no_one_waits_for_still_runs()
    {
        TaskCompletionSource ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("Forgets", context =>
            {
                _ = context.CallActivityAsync("Later", 1);
                return Task.FromResult("done");
            })
            .Activity<int, int>("Later", n =>
            {
                ran.TrySetResult();
                return n;
            });
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Forgets")).ReadOutputAs<string>().ShouldBe("done");
        await Awaiting.For(ran.Task, "the activity's run");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            seen = before == seen ? value : before;
        }
    }
}
