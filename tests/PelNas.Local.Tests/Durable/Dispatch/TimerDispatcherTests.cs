using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.Dispatch;

public sealed class TimerDispatcherTests : DurableTest
{
    [Fact]
    public async Task A_timer_fires_when_its_time_has_come_and_not_before()
    {
        Functions.Orchestrator("Waits", async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
            return context.CurrentUtcDateTime - before;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");

        await host.AdvanceAfterTimerAsync("waits", TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        host.Store.Read(TimerTable.Next).ShouldBe(Time.GetUtcNow() + TimeSpan.FromTicks(1));
        Time.Advance(TimeSpan.FromTicks(1));

        (await host.FinishAsync("waits")).ReadOutputAs<TimeSpan>().ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task A_timer_that_is_due_while_no_process_runs_fires_at_the_next_start()
    {
        Functions.Orchestrator("Waits", c => c.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None));
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Waits", id: "waits");
            await host.Log.WaitForAsync("waits", HistoryEventKind.TimerCreated);
        }

        Time.Advance(TimeSpan.FromDays(31));
        await using DurableHost again = await StartAsync();
        (await again.FinishAsync("waits")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_cancelled_timer_throws_and_leaves_nothing_behind()
    {
        Functions.Orchestrator("Cancels", async context =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), source.Token);
            await context.CallActivityAsync("Work");
            source.Cancel();
            await context.CallActivityAsync("Work");
            return await Awaiting.IsCancelled(timer);
        }).Activity<int, int>("Work", n => n);
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Cancels")).ReadOutputAs<bool>().ShouldBeTrue();
        host.Store.Read(TimerTable.Next).ShouldBeNull();
    }

    [Fact]
    public async Task A_timer_that_is_cancelled_while_the_instance_goes_on_is_removed_at_once()
    {
        Functions.Orchestrator("Cancels", async context =>
        {
            using CancellationTokenSource source = new();
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), source.Token);
            await context.WaitForExternalEvent<int>("Cancel");
            source.Cancel();
            await context.WaitForExternalEvent<int>("End");
            return timer.IsCanceled;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Cancels", id: "cancels");
        await host.Log.WaitForAsync("cancels", HistoryEventKind.TimerCreated);
        host.Store.Read(TimerTable.Next).ShouldNotBeNull();

        await host.Client.RaiseEventAsync("cancels", "Cancel", 1, Cancellation);
        await host.Log.WaitForAsync("cancels", HistoryEventKind.EventRaised);
        host.Store.Read(TimerTable.Next).ShouldBeNull();

        await host.Client.RaiseEventAsync("cancels", "End", 1, Cancellation);
        (await host.FinishAsync("cancels")).ReadOutputAs<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_unfired_timer_does_not_hold_up_the_end()
    {
        Functions.Orchestrator("Leaves", async context =>
        {
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            Task work = context.CallActivityAsync("Work");
            return await Task.WhenAny(timer, work) == work;
        }).Activity<int, int>("Work", n => n);
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Leaves")).ReadOutputAs<bool>().ShouldBeTrue();
        host.Store.Read(TimerTable.Next).ShouldBeNull();
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        Functions.Orchestrator("Order", async context =>
        {
            List<int> order = [];
            await Task.WhenAll(new[] { 3, 1, 2 }.Select(async hours =>
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                order.Add(hours);
            }));
            return order;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Order", id: "order");

        await host.AdvanceAfterTimerAsync("order", TimeSpan.FromHours(5), timers: 3);

        (await host.FinishAsync("order")).ReadOutputAs<int[]>().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_start_in_the_future_stays_pending_until_then()
    {
        Functions.Orchestrator("Later", c => Task.FromResult(c.CurrentUtcDateTime));
        await using DurableHost host = await StartAsync();
        DateTimeOffset at = Time.GetUtcNow() + TimeSpan.FromHours(3);

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions("later", at), Cancellation);
        (await host.Client.GetInstanceAsync("later", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
        Task<OrchestrationMetadata> started = host.Client.WaitForInstanceStartAsync("later", Cancellation);
        started.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromHours(3));

        (await Awaiting.For(started, "the start")).InstanceId.ShouldBe("later");
        (await host.FinishAsync("later")).ReadOutputAs<DateTime>().ShouldBe(at.UtcDateTime);
    }
}
