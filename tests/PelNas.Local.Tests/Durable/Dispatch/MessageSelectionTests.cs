using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.Dispatch;

public sealed class MessageSelectionTests : DurableTest
{
    [Fact]
    public async Task A_suspended_instance_holds_events_and_results_until_it_is_resumed()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("Waits", async context =>
            {
                int[] results = await Task.WhenAll(context.CallActivityAsync<int>("Work", 1), context.WaitForExternalEvent<int>("N"));
                return results.Sum();
            })
            .Activity<int, int>("Work", async (n, token) =>
            {
                await release.Task.WaitAsync(token);
                return n;
            });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Log.WaitForAsync("waits", HistoryEventKind.TaskScheduled);

        await host.Client.SuspendInstanceAsync("waits", "lunch", Cancellation);
        await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionSuspended);
        (await host.Client.GetInstanceAsync("waits", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        await host.Client.RaiseEventAsync("waits", "N", 10, Cancellation);
        release.SetResult();

        await host.Client.ResumeInstanceAsync("waits", "back", Cancellation);
        (await host.FinishAsync("waits")).ReadOutputAs<int>().ShouldBe(11);
        HistoryEventKind[] kinds = [.. host.Log.Events.Select(e => e.Event.Kind)];
        Array.IndexOf(kinds, HistoryEventKind.EventRaised).ShouldBeGreaterThan(Array.IndexOf(kinds, HistoryEventKind.ExecutionResumed));
        host.Log.Events.Single(e => e.Event.Kind == HistoryEventKind.ExecutionSuspended).Event.Payload.ShouldBe("\"lunch\"");
    }

    [Fact]
    public async Task A_suspension_outlives_the_process()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"));
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Waits", id: "waits");
            await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionStarted);
            await host.Client.SuspendInstanceAsync("waits", Cancellation);
            await host.Log.WaitForAsync("waits", HistoryEventKind.ExecutionSuspended);
            await host.Client.RaiseEventAsync("waits", "N", 3, Cancellation);
        }

        await using DurableHost again = await StartAsync();
        (await again.Client.GetInstanceAsync("waits", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        await again.Client.ResumeInstanceAsync("waits", Cancellation);
        (await again.FinishAsync("waits")).ReadOutputAs<int>().ShouldBe(3);
    }

    [Fact]
    public void Events_before_a_suspension_count_and_those_after_it_wait_for_the_resumption()
    {
        Episode episode = EpisodeOf(
            OrchestrationRuntimeStatus.Running, "raised:1", "suspended", "raised:2", "resumed", "raised:3", "suspended", "raised:4");

        MessageSelection selection = MessageSelection.From(episode);

        Describe(selection).ShouldBe(["raised:1", "suspended", "resumed", "raised:2", "raised:3", "suspended"]);
        selection.IsSuspended.ShouldBeTrue();
        selection.NeedsRun.ShouldBeTrue();
    }

    [Fact]
    public void A_suspended_instance_takes_only_what_steers_it()
    {
        MessageSelection selection = MessageSelection.From(EpisodeOf(OrchestrationRuntimeStatus.Suspended, "raised:1", "suspended"));

        Describe(selection).ShouldBe(["suspended"]);
        selection.NeedsRun.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_counts_after_a_termination()
    {
        MessageSelection selection = MessageSelection.From(EpisodeOf(OrchestrationRuntimeStatus.Suspended, "raised:1", "terminated", "resumed"));

        Describe(selection).ShouldBe(["terminated"]);
        selection.End!.Kind.ShouldBe(HistoryEventKind.ExecutionTerminated);
    }

    [Fact]
    public void An_instance_that_has_not_started_holds_events_even_when_resumed()
    {
        Episode episode = EpisodeOf(OrchestrationRuntimeStatus.Pending, "raised:1", "suspended", "resumed") with { Past = [] };

        Describe(MessageSelection.From(episode)).ShouldBe(["suspended", "resumed"]);
    }

    [Fact]
    public async Task A_pending_instance_can_be_suspended_and_starts_when_resumed()
    {
        Functions.Orchestrator("Later", _ => Task.FromResult(1));
        await using DurableHost host = await StartAsync();
        DateTimeOffset at = Time.GetUtcNow() + TimeSpan.FromHours(1);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions("later", at), Cancellation);
        await host.Client.SuspendInstanceAsync("later", Cancellation);
        await host.Log.WaitForAsync("later", HistoryEventKind.ExecutionSuspended);
        Time.Advance(TimeSpan.FromHours(2));

        await host.Client.ResumeInstanceAsync("later", Cancellation);

        (await host.FinishAsync("later")).ReadOutputAs<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_terminated_instance_has_the_given_output_and_does_nothing_more()
    {
        Functions
            .Orchestrator("Waits", async context =>
            {
                await context.WaitForExternalEvent<int>("N");
                await context.CallActivityAsync("Never", 1);
            })
            .Activity<int, int>("Never", n => n);
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        await host.Client.WaitForInstanceStartAsync("waits", Cancellation);

        await host.Client.TerminateInstanceAsync("waits", "enough", Cancellation);
        OrchestrationMetadata result = await host.FinishAsync("waits");

        await Should.ThrowAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync("waits", "N", 1, Cancellation));
        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        result.ReadOutputAs<string>().ShouldBe("enough");
        Functions.Runs.ShouldBeEmpty();
        host.Store.Read(MessageTable.InstancesWithMessages).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_terminated_instance_drops_queued_activities_and_ignores_the_running_one()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("FanOut", c => Task.WhenAll(Enumerable.Range(0, 20).Select(n => c.CallActivityAsync<int>("Work", n))))
            .Orchestrator("After", c => c.CallActivityAsync<int>("Free", 1))
            .Activity<int, int>("Work", async (n, token) =>
            {
                started.TrySetResult();
                await release.Task.WaitAsync(token);
                return n;
            })
            .Activity<int, int>("Free", n => n);
        await using DurableHost host = await StartAsync(configure: options => options.MaxConcurrentActivities = 1);
        await host.ScheduleAsync("FanOut", id: "fan");
        await Awaiting.For(started.Task, "the first activity");

        await host.Client.TerminateInstanceAsync("fan", Cancellation);
        await host.FinishAsync("fan");
        release.SetResult();
        await host.RunAsync("After");

        Functions.Runs.Keys.ShouldBe(["Work 0", "Free 1"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Termination_leaves_the_children_alone_as_the_Functions_extension_does(bool recursive)
    {
        Functions
            .Orchestrator("Root", c => c.CallSubOrchestratorAsync("Middle", options: new SubOrchestrationOptions(instanceId: "middle")))
            .Orchestrator("Middle", c => c.CallSubOrchestratorAsync("Leaf", options: new SubOrchestrationOptions(instanceId: "leaf")))
            .Orchestrator("Leaf", c => c.WaitForExternalEvent<int>("Never"));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Root", id: "root");
        await host.Log.WaitForAsync("leaf", HistoryEventKind.ExecutionStarted);

        await host.Client.TerminateInstanceAsync("root", new TerminateInstanceOptions(Recursive: recursive), Cancellation);
        await host.FinishAsync("root");

        (await host.Client.GetInstanceAsync("middle", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        await host.Client.TerminateInstanceAsync("leaf", Cancellation);
        await host.FinishAsync("leaf");
        await host.FinishAsync("middle");
    }

    [Fact]
    public async Task A_terminated_child_is_a_failure_to_its_parent()
    {
        Functions
            .Orchestrator("Parent", c => c.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", c => c.WaitForExternalEvent<int>("Never"));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Parent", id: "parent");
        await host.Log.WaitForAsync("child", HistoryEventKind.ExecutionStarted);

        await host.Client.TerminateInstanceAsync("child", Cancellation);

        (await host.FinishAsync("parent")).FailureDetails!.InnerFailure!.ErrorMessage.ShouldBe("The orchestration instance 'child' was terminated.");
    }

    private static Episode EpisodeOf(OrchestrationRuntimeStatus status, params string[] messages)
    {
        HistoryEvent started = new(HistoryEventKind.ExecutionStarted, default);
        return new Episode(
            new InstanceRow("id", "execution", "Name", status, null), [started], [.. messages.Select((text, index) => ((long)index, Message(text)))]);
    }

    private static HistoryEvent Message(string text) => text.Split(':') switch
    {
        ["raised", string payload] => new HistoryEvent(HistoryEventKind.EventRaised, default) { Payload = payload },
        ["suspended"] => new HistoryEvent(HistoryEventKind.ExecutionSuspended, default),
        ["resumed"] => new HistoryEvent(HistoryEventKind.ExecutionResumed, default),
        ["terminated"] => new HistoryEvent(HistoryEventKind.ExecutionTerminated, default),
        _ => throw new ArgumentException(text, nameof(text)),
    };

    private static IEnumerable<string> Describe(MessageSelection selection) => selection.Taken.Select(m => m.Event.Kind switch
    {
        HistoryEventKind.EventRaised => "raised:" + m.Event.Payload,
        HistoryEventKind.ExecutionSuspended => "suspended",
        HistoryEventKind.ExecutionResumed => "resumed",
        _ => "terminated",
    });
}
