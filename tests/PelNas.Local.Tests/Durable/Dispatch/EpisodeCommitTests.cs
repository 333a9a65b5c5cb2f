using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Tests.Durable.Dispatch;

public sealed class EpisodeCommitTests : DurableTest
{
    [Fact]
    public async Task A_child_runs_under_the_given_id_and_knows_its_parent()
    {
        Functions
            .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<string>("Child", 20, new SubOrchestrationOptions(instanceId: "run-p1")))
            .Orchestrator("Child", c => Task.FromResult($"{c.InstanceId} of {c.Parent!.Name} {c.Parent.InstanceId} with {c.GetInput<int>()}"));
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Parent", id: "run");

        result.ReadOutputAs<string>().ShouldBe("run-p1 of Parent run with 20");
        (await host.Client.GetInstanceAsync("run-p1", Cancellation))!.Name.ShouldBe("Child");
    }

    [Fact]
    public async Task Children_without_a_given_id_get_distinct_ids_that_replay()
    {
        Functions
            .Orchestrator("Parent", async c =>
            {
                string[] first = await Task.WhenAll(c.CallSubOrchestratorAsync<string>("Child"), c.CallSubOrchestratorAsync<string>("Child"));
                return (string[])[.. first, await c.CallSubOrchestratorAsync<string>("Child")];
            })
            .Orchestrator("Child", c => Task.FromResult(c.InstanceId));
        await using DurableHost host = await StartAsync();

        string[] ids = (await host.RunAsync("Parent")).ReadOutputAs<string[]>()!;

        ids.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_comes_from_an_activity_through_a_child_to_the_root()
    {
        Functions
            .Orchestrator("Root", c => c.CallSubOrchestratorAsync("Child"))
            .Orchestrator("Child", c => c.CallActivityAsync("Breaks"))
            .Activity<int, int>("Breaks", _ => throw new InvalidOperationException("boom", new FormatException("cause")));
        await using DurableHost host = await StartAsync();

        TaskFailureDetails root = (await host.RunAsync("Root")).FailureDetails!;

        root.ErrorType.ShouldBe(typeof(TaskFailedException).FullName);
        root.ErrorMessage.ShouldStartWith("Task 'Child' (#0) failed with an unhandled exception: Task 'Breaks' (#0)");
        TaskFailureDetails child = root.InnerFailure!;
        child.ErrorType.ShouldBe(typeof(TaskFailedException).FullName);
        TaskFailureDetails activity = child.InnerFailure!;
        activity.ErrorType.ShouldBe(typeof(InvalidOperationException).FullName);
        activity.ErrorMessage.ShouldBe("boom");
        activity.StackTrace!.ShouldContain(nameof(EpisodeCommitTests));
        activity.InnerFailure!.ErrorMessage.ShouldBe("cause");
    }

    [Fact]
    public async Task A_child_whose_id_is_taken_by_a_running_instance_is_refused()
    {
        Functions
            .Orchestrator("Parent", async c =>
            {
                try
                {
                    await c.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "taken"));
                    return "ran";
                }
                catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException>())
                {
                    return e.FailureDetails.ErrorMessage;
                }
            })
            .Orchestrator("Child", c => c.WaitForExternalEvent<int>("Go"));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Child", id: "taken");
        await host.Client.WaitForInstanceStartAsync("taken", Cancellation);

        string message = (await host.RunAsync("Parent")).ReadOutputAs<string>()!;

        message.ShouldContain("'taken' exists and is Running");
        (await host.Client.GetInstanceAsync("taken", Cancellation))!.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task An_ended_instance_makes_room_for_a_child_of_its_id()
    {
        Functions
            .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<int>("Child", 2, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", c => Task.FromResult(c.GetInput<int>()));
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Child", 1, "child");

        (await host.RunAsync("Parent")).ReadOutputAs<int>().ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_child_fails_without_retries()
    {
        Functions.Orchestrator("Parent", c => c.CallSubOrchestratorAsync("Chlid", options: new TaskOptions(new RetryPolicy(5, TimeSpan.FromHours(1)))));
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Parent")).FailureDetails!.InnerFailure!.ErrorType.ShouldBe("OrchestratorTaskNotFound");
    }

    [Fact]
    public async Task ContinueAsNew_starts_the_history_anew_under_the_same_id()
    {
        List<OrchestrationRuntimeStatus> between = [];
        Functions
            .Orchestrator("Counts", async context =>
            {
                int n = context.GetInput<int>();
                context.SetCustomStatus($"at {n}");
                await context.CallActivityAsync("Step", n);
                if (n < 5)
                {
                    context.ContinueAsNew(n + 1);
                }

                return n;
            })
            .Activity<int, int>("Step", n => n);
        await using DurableHost host = await StartAsync();
        DateTimeOffset created = Time.GetUtcNow();
        await host.ScheduleAsync("Counts", 1, "counts");

        OrchestrationMetadata result = await host.FinishAsync("counts");

        result.ReadOutputAs<int>().ShouldBe(5);
        result.ReadInputAs<int>().ShouldBe(5);
        result.ReadCustomStatusAs<string>().ShouldBe("at 5");
        result.CreatedAt.ShouldBe(created);
        Functions.Runs.Values.ShouldBe([1, 1, 1, 1, 1]);
        host.Store.Read(c => HistoryTable.Read(c, "counts")).Count(e => e.Kind == HistoryEventKind.ExecutionStarted).ShouldBe(1);
    }

    [Fact]
    public async Task ContinueAsNew_keeps_the_status_running_and_the_parent_waiting()
    {
        Functions
            .Orchestrator("Parent", c => c.CallSubOrchestratorAsync<int>("Child", 0, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", async context =>
            {
                int n = context.GetInput<int>() + await context.WaitForExternalEvent<int>("Add");
                if (n < 3)
                {
                    context.ContinueAsNew(n);
                }

                return n;
            });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Parent", id: "parent");
        for (int i = 1; i <= 3; i++)
        {
            await host.Log.WaitForAsync("child", HistoryEventKind.ExecutionStarted, i);
            (await host.Client.GetInstanceAsync("child", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
            await host.Client.RaiseEventAsync("child", "Add", 1, Cancellation);
        }

        (await host.FinishAsync("parent")).ReadOutputAs<int>().ShouldBe(3);
    }

    [Theory]
    [InlineData(true, new[] { 1, 2, 3 })]
    [InlineData(false, new[] { 1, 4 })]
    public async Task ContinueAsNew_carries_unprocessed_events_in_order_or_drops_them(bool preserve, int[] expected)
    {
        Functions.Orchestrator("Collects", async context =>
        {
            int[] collected = context.GetInput<int[]>()!;
            if (collected.Length == 0)
            {
                await context.WaitForExternalEvent<int>("Ready");
            }

            collected = [.. collected, await context.WaitForExternalEvent<int>("N")];
            if (collected.Length < expected.Length)
            {
                context.ContinueAsNew(collected, preserve);
            }

            return collected;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Collects", Array.Empty<int>(), "collects");
        foreach (int n in new[] { 1, 2, 3 })
        {
            await host.Client.RaiseEventAsync("collects", "N", n, Cancellation);
        }

        await host.Client.RaiseEventAsync("collects", "Ready", 0, Cancellation);
        if (!preserve)
        {
            await host.Log.WaitForAsync("collects", HistoryEventKind.ExecutionStarted, 2);
            await host.Client.RaiseEventAsync("collects", "N", 4, Cancellation);
        }

        (await host.FinishAsync("collects")).ReadOutputAs<int[]>().ShouldBe(expected);
    }

    [Fact]
    public async Task No_event_is_lost_or_doubled_while_an_instance_continues_as_new_again_and_again()
    {
        const int count = 200;
        Functions.Orchestrator("Collects", async context =>
        {
            int[] collected = [.. context.GetInput<int[]>()!, await context.WaitForExternalEvent<int>("N")];
            if (collected.Length < count)
            {
                context.ContinueAsNew(collected);
            }

            return collected;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Collects", Array.Empty<int>(), "collects");
        for (int n = 0; n < count; n++)
        {
            await host.Client.RaiseEventAsync("collects", "N", n, Cancellation);
        }

        (await host.FinishAsync("collects")).ReadOutputAs<int[]>().ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public async Task Results_for_an_earlier_run_are_not_taken_for_those_of_the_present_one()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Functions
            .Orchestrator("Restarts", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    _ = context.CallActivityAsync<string>("Old");
                    context.ContinueAsNew(1);
                    return "first";
                }

                // Its call has the same number as the one of the first run.
                return await context.CallActivityAsync<string>("New");
            })
            .Activity<int, string>("Old", async (_, token) =>
            {
                await release.Task.WaitAsync(token);
                return "old";
            })
            .Activity<int, string>("New", async (_, token) =>
            {
                release.SetResult();
                await Task.Delay(1, token);
                return "new";
            });
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Restarts", 0)).ReadOutputAs<string>().ShouldBe("new");
    }

    [Fact]
    public async Task ContinueAsNew_puts_carried_events_before_those_that_came_during_the_run_and_drops_results_that_did()
    {
        await using DurableHost host = Create();
        await host.ScheduleAsync("Any", id: "any");
        Episode episode = host.Store.Read(c => Episode.Read(c, "any"))!;
        DateTimeOffset now = Time.GetUtcNow();
        HistoryEvent late = new(HistoryEventKind.EventRaised, now) { Name = "N", Payload = "2" };
        host.Store.Write(transaction =>
        {
            MessageTable.Add(transaction, "any", new HistoryEvent(HistoryEventKind.TaskCompleted, now) { TaskId = 0 });
            MessageTable.Add(transaction, "any", late);
            return true;
        });
        RunOutcome outcome = new() { ContinuesAsNew = true, Output = "7", CarriedEvents = [late with { Payload = "1" }] };

        host.Store.Write(transaction => new EpisodeCommit(transaction, episode, MessageSelection.From(episode), now).Apply([], outcome)).ShouldBeNull();

        host.Store.Read(c => MessageTable.Read(c, "any")).Select(m => $"{m.Event.Kind} {m.Event.Payload}")
            .ShouldBe(["ExecutionStarted 7", "EventRaised 1", "EventRaised 2"]);
    }

    [Fact]
    public async Task A_run_of_an_instance_that_was_replaced_meanwhile_counts_for_nothing()
    {
        await using DurableHost host = Create();
        await host.ScheduleAsync("Any", id: "any");
        Episode episode = host.Store.Read(c => Episode.Read(c, "any"))!;
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Other", new StartOrchestrationOptions("any") { DedupeStatuses = [] }, Cancellation);
        RunOutcome outcome = new() { IsCompleted = true, Output = "1" };

        host.Store.Write(transaction => new EpisodeCommit(transaction, episode, MessageSelection.From(episode), Time.GetUtcNow()).Apply([], outcome)).ShouldBeNull();

        OrchestrationMetadata instance = (await host.Client.GetInstanceAsync("any", Cancellation))!;
        instance.Name.ShouldBe("Other");
        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
        host.Store.Read(c => MessageTable.Read(c, "any")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_after_ContinueAsNew_fails_the_instance()
    {
        Functions.Orchestrator("Fails", Task (context) =>
        {
            context.ContinueAsNew(1);
            throw new FormatException("after all");
        });
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Fails")).FailureDetails!.ErrorMessage.ShouldBe("after all");
    }
}
