using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class ExternalEventsTests : DurableTest
{
    [Fact]
    public async Task An_event_ends_the_wait_for_its_name_whatever_the_case()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<Answer>("Answer"));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionStarted);

        await host.Client.RaiseEventAsync("waits", "aNSWER", new { text = "yes", number = 42 }, Cancellation);

        (await host.FinishAsync("waits")).ReadOutputAs<Answer>().ShouldBe(new Answer("yes", 42));
    }

    [Fact]
    public async Task Events_that_come_before_the_wait_are_kept_in_order()
    {
        Functions.Orchestrator("Waits", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return new[] { await context.WaitForExternalEvent<int>("N"), await context.WaitForExternalEvent<int>("n"), await context.WaitForExternalEvent<int>("N") };
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        foreach (int n in new[] { 1, 2, 3 })
        {
            await host.Client.RaiseEventAsync("waits", "N", n, Cancellation);
        }

        await host.AdvanceAfterTimerAsync("waits", TimeSpan.FromHours(1));

        (await host.FinishAsync("waits")).ReadOutputAs<int[]>().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Events_that_come_before_the_start_are_kept()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using DurableHost host = Create();
        DateTimeOffset at = Time.GetUtcNow() + TimeSpan.FromHours(1);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("waits", at), Cancellation);
        await host.Client.RaiseEventAsync("waits", "N", 5, Cancellation);
        await host.Engine.StartAsync(Cancellation);

        Time.Advance(TimeSpan.FromHours(1));

        (await host.FinishAsync("waits")).ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task A_wait_that_times_out_throws_and_the_next_wait_gets_the_event()
    {
        Functions.Orchestrator("Waits", async context =>
        {
            bool timedOut = await Awaiting.IsCancelled(context.WaitForExternalEvent<int>("N", TimeSpan.FromMinutes(5)));
            return (timedOut ? 100 : 0) + await context.WaitForExternalEvent<int>("N", TimeSpan.FromMinutes(5));
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.AdvanceAfterTimerAsync("waits", TimeSpan.FromMinutes(5));
        await host.Log.WaitForAsync("waits", HistoryEventKind.TimerCreated, 2);

        await host.Client.RaiseEventAsync("waits", "N", 7, Cancellation);

        (await host.FinishAsync("waits")).ReadOutputAs<int>().ShouldBe(107);
        host.Store.Read(TimerTable.Next).ShouldBeNull();
    }

    [Fact]
    public async Task An_event_that_comes_between_a_cancelled_wait_and_the_next_one_is_lost()
    {
        Functions.Orchestrator("Waits", async context =>
        {
            await Awaiting.IsCancelled(context.WaitForExternalEvent<int>("N", TimeSpan.FromMinutes(5)));
            await context.WaitForExternalEvent<int>("Go");
            return await context.WaitForExternalEvent<int>("N");
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.AdvanceAfterTimerAsync("waits", TimeSpan.FromMinutes(5));
        await host.Log.WaitForAsync("waits", HistoryEventKind.TimerFired);

        await host.Client.RaiseEventAsync("waits", "N", 1, Cancellation);
        await host.Client.RaiseEventAsync("waits", "N", 2, Cancellation);
        await host.Client.RaiseEventAsync("waits", "Go", 0, Cancellation);

        (await host.FinishAsync("waits")).ReadOutputAs<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_wait_takes_its_turn_before_older_ones()
    {
        ExternalEvents events = new();
        using CancellationTokenSource source = new();
        Task<int> older = events.WaitAsync<int>("N", CancellationToken.None);
        Task<int> cancelled = events.WaitAsync<int>("N", source.Token);
        await source.CancelAsync();

        events.Raise(new HistoryEvent(HistoryEventKind.EventRaised, default) { Name = "n", Payload = "1" });
        events.Raise(new HistoryEvent(HistoryEventKind.EventRaised, default) { Name = "n", Payload = "2" });
        events.HasWaiters.ShouldBeFalse();
        events.Raise(new HistoryEvent(HistoryEventKind.EventRaised, default) { Name = "n", Payload = "3" });

        cancelled.IsCanceled.ShouldBeTrue();
        (await older).ShouldBe(2);
        events.Unprocessed.Select(e => e.Payload).ShouldBe(["3"]);
    }

    [Fact]
    public async Task The_latest_of_several_waits_gets_the_next_event()
    {
        Functions.Orchestrator("Waits", async context =>
        {
            Task<int> first = context.WaitForExternalEvent<int>("N");
            Task<int> second = context.WaitForExternalEvent<int>("N");
            await Task.WhenAll(first, second);
            return new[] { first.Result, second.Result };
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Client.RaiseEventAsync("waits", "N", 1, Cancellation);
        await host.Client.RaiseEventAsync("waits", "N", 2, Cancellation);

        (await host.FinishAsync("waits")).ReadOutputAs<int[]>().ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Waits_for_one_name_must_read_one_type()
    {
        Functions.Orchestrator("Waits", c => Task.WhenAll(c.WaitForExternalEvent<int>("N"), c.WaitForExternalEvent<string>("n")));
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Waits");

        result.FailureDetails!.IsCausedBy<ArgumentException>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_fails_the_wait()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");

        await host.Client.RaiseEventAsync("waits", "N", "seven", Cancellation);

        (await host.FinishAsync("waits")).FailureDetails!.IsCausedBy<System.Text.Json.JsonException>().ShouldBeTrue();
    }

    [Fact]
    public async Task Orchestrations_send_each_other_events()
    {
        Functions
            .Orchestrator("Ping", async context =>
            {
                context.SendEvent("pong", "Ball", 1);
                return await context.WaitForExternalEvent<int>("Ball");
            })
            .Orchestrator("Pong", async context => context.SendEvent("ping", "Ball", 1 + await context.WaitForExternalEvent<int>("Ball")));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Pong", id: "pong");

        (await host.RunAsync("Ping", id: "ping")).ReadOutputAs<int>().ShouldBe(2);
        (await host.FinishAsync("pong")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task An_event_that_an_orchestration_sends_to_an_instance_that_is_not_there_or_has_ended_is_dropped()
    {
        Functions
            .Orchestrator("Ends", _ => Task.CompletedTask)
            .Orchestrator("Sends", context =>
            {
                context.SendEvent("nobody", "Hello", 1);
                context.SendEvent("ended", "Hello", 1);
                return Task.CompletedTask;
            });
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Ends", id: "ended");

        (await host.RunAsync("Sends", id: "sends")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        host.Store.Read(MessageTable.InstancesWithMessages).ShouldBeEmpty();
    }

    private sealed record Answer(string Text, int Number);
}
