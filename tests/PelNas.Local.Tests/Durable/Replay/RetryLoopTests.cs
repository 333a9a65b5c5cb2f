using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class RetryLoopTests : DurableTest
{
    private readonly List<DateTimeOffset> _attempts = [];

    [Fact]
    public async Task An_activity_is_tried_until_it_succeeds()
    {
        FailingActivity(failures: 2);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await RunAsync(host, new RetryPolicy(5, TimeSpan.FromSeconds(1)), timers: 2);

        result.ReadOutputAs<int>().ShouldBe(3);
    }

    [Fact]
    public async Task The_last_allowed_failure_comes_through()
    {
        FailingActivity(failures: int.MaxValue);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await RunAsync(host, new RetryPolicy(3, TimeSpan.FromSeconds(1)), timers: 2);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        result.FailureDetails!.ErrorType.ShouldBe(typeof(TaskFailedException).FullName);
        result.FailureDetails.InnerFailure!.ErrorMessage.ShouldBe("attempt 3");
        _attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Delays_grow_by_the_coefficient_up_to_the_longest()
    {
        FailingActivity(failures: 4);
        await using DurableHost host = await StartAsync();

        await RunAsync(host, new RetryPolicy(9, TimeSpan.FromSeconds(10), 3, maxRetryInterval: TimeSpan.FromSeconds(60)), timers: 4);

        FireTimes(host).ShouldBe([10, 30, 60, 60]);
    }

    [Fact]
    public async Task No_attempt_is_begun_after_the_retry_time_out()
    {
        FailingActivity(failures: int.MaxValue);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await RunAsync(
            host, new RetryPolicy(100, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(25)), timers: 3);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        _attempts.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_failure_the_policy_does_not_handle_comes_through_at_once()
    {
        FailingActivity(failures: int.MaxValue);
        await using DurableHost host = await StartAsync();
        RetryPolicy policy = new(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() };

        OrchestrationMetadata result = await RunAsync(host, policy, timers: 0);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        _attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_of_a_derived_type_is_handled_as_its_base()
    {
        FailingActivity(failures: 1);
        await using DurableHost host = await StartAsync();
        RetryPolicy policy = new(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.IsCausedBy<SystemException>() };

        (await RunAsync(host, policy, timers: 1)).ReadOutputAs<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_handler_decides_on_each_retry_and_may_wait_first()
    {
        FailingActivity(failures: int.MaxValue);
        List<(int Attempt, string Message, TimeSpan Time)> seen = [];
        AsyncRetryHandler handler = async context =>
        {
            if (!context.OrchestrationContext.IsReplaying)
            {
                seen.Add((context.LastAttemptNumber, context.LastFailure.ErrorMessage, context.TotalRetryTime));
            }

            await context.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(5), context.CancellationToken);
            return context.LastAttemptNumber < 3;
        };
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await RunAsync(host, TaskRetryOptions.FromRetryHandler(handler), timers: 3);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        seen.ShouldBe([(1, "attempt 1", TimeSpan.Zero), (2, "attempt 2", TimeSpan.FromSeconds(5)), (3, "attempt 3", TimeSpan.FromSeconds(10))]);
        _attempts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_synchronous_handler_works_too()
    {
        FailingActivity(failures: 2);
        RetryHandler handler = context => context.LastFailure.IsCausedBy<FormatException>();
        await using DurableHost host = await StartAsync();

        (await RunAsync(host, handler, timers: 0)).ReadOutputAs<int>().ShouldBe(3);
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_under_the_same_id()
    {
        int runs = 0;
        Functions
            .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<int>(
                "Child", options: new SubOrchestrationOptions(new RetryPolicy(3, TimeSpan.FromSeconds(1)), "child")))
            .Orchestrator("Child", _ => Interlocked.Increment(ref runs) < 3 ? throw new FormatException("not yet") : Task.FromResult(runs));
        await using DurableHost host = await StartAsync();

        await host.ScheduleAsync("Parent", id: "parent");
        for (int timer = 1; timer <= 2; timer++)
        {
            await host.AdvanceAfterTimerAsync("parent", TimeSpan.FromSeconds(1), timer);
        }

        (await host.FinishAsync("parent")).ReadOutputAs<int>().ShouldBe(3);
        (await host.Client.GetInstanceAsync("child", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    private void FailingActivity(int failures) => Functions.Activity<int, int>("Fails", _ =>
    {
        lock (_attempts)
        {
            _attempts.Add(Time.GetUtcNow());
            return _attempts.Count > failures ? _attempts.Count : throw new FormatException($"attempt {_attempts.Count}");
        }
    });

    private async Task<OrchestrationMetadata> RunAsync(DurableHost host, TaskRetryOptions retry, int timers)
    {
        Functions.Orchestrator("Calls", c => c.CallActivityAsync<int>("Fails", 0, new TaskOptions(retry)));
        await host.ScheduleAsync("Calls", id: "calls");
        for (int timer = 1; timer <= timers; timer++)
        {
            await host.Log.WaitForAsync("calls", HistoryEventKind.TimerCreated, timer);
            Time.Advance(host.Log.Events.Last(e => e.Event.Kind == HistoryEventKind.TimerCreated).Event.FireAt!.Value - Time.GetUtcNow());
        }

        return await host.FinishAsync("calls");
    }

    private static IEnumerable<double> FireTimes(DurableHost host) => host.Log.Events
        .Where(e => e.Event.Kind == HistoryEventKind.TimerCreated)
        .Select(e => (e.Event.FireAt!.Value - e.Event.Timestamp).TotalSeconds);
}
