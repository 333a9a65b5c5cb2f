using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>What functions and clients see of the engine. Every test runs on both backends; where these differ, it says how.</summary>
public abstract class SemanticsTests(SemanticsBackend backend)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected SemanticsBackend Backend => backend;

    protected DurableTaskClient Client => backend.Client;

    /// <summary>Whether a sub-orchestration whose id is taken fails, rather than leaving its caller waiting.</summary>
    protected abstract bool IsEmbedded { get; }

    [Fact]
    public async Task Activities_run_side_by_side_and_one_after_another()
    {
        (await backend.RunAsync("FanOut", 20)).ReadOutputAs<int>().ShouldBe(2870);
        (await backend.RunAsync("EchoTwice", "text")).ReadOutputAs<string>().ShouldBe("text!");
    }

    [Fact]
    public async Task Large_inputs_and_outputs_arrive_whole()
    {
        string large = string.Concat(Enumerable.Range(0, 50_000).Select(n => $"{n:x5}\"é"));

        OrchestrationMetadata end = await backend.RunAsync("EchoTwice", large);

        end.ReadInputAs<string>().ShouldBe(large);
        end.ReadOutputAs<string>().ShouldBe(large + "!");
    }

    [Fact]
    public async Task A_retry_policy_repeats_an_activity_until_it_succeeds_or_the_attempts_are_used_up()
    {
        (await backend.RunAsync("Retries", 5)).ReadOutputAs<int>().ShouldBe(3);
        OrchestrationMetadata failed = await backend.RunAsync("Retries", 2);

        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.InnerFailure!.ErrorMessage.ShouldBe("call 2");
    }

    [Fact]
    public async Task A_retry_handler_is_told_of_each_failure() =>
        (await backend.RunAsync("RetriesByHandler")).ReadOutputAs<string>().ShouldBe("1 call 1, 2 call 2, then 3");

    [Fact]
    public async Task A_failure_keeps_its_type_its_message_and_its_cause()
    {
        TaskFailureDetails ofActivity = (await backend.RunAsync("FailsInActivity")).FailureDetails!;
        OrchestrationMetadata failed = await backend.RunAsync("FailsItself");

        ofActivity.ErrorType.ShouldBe(typeof(Microsoft.DurableTask.TaskFailedException).FullName);
        ofActivity.InnerFailure!.ToString().ShouldBe("System.InvalidOperationException: from the activity");
        ofActivity.InnerFailure.InnerFailure!.ToString().ShouldBe("System.FormatException: the reason");
        failed.FailureDetails!.ToString().ShouldBe("System.InvalidOperationException: from the orchestrator");
        failed.FailureDetails.InnerFailure!.ToString().ShouldBe("System.FormatException: the reason");
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);

        // The storage backend tells a failure in the place of the output, too, and not as JSON.
        failed.SerializedOutput.ShouldBe(IsEmbedded ? null : "System.InvalidOperationException: from the orchestrator");
    }

    [Fact]
    public async Task A_caller_sees_the_failure_of_its_sub_orchestration() =>
        (await backend.RunAsync("CatchesChild")).ReadOutputAs<string>().ShouldBe(
        "Microsoft.DurableTask.TaskFailedException < System.InvalidOperationException < System.FormatException: the reason");

    [Fact]
    public async Task A_sub_orchestration_has_the_id_it_was_given_its_caller_and_the_apps_version()
    {
        string id = Guid.NewGuid().ToString("N");
        OrchestrationMetadata end = await backend.RunAsync("Parent", "one", id);

        end.ReadOutputAs<string>().ShouldBe("one (child of Parent, given id, 1.0) of another (child of Parent, new id, 1.0)");
        (await Client.GetInstanceAsync($"{id}-child", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task An_id_is_kept_until_its_instance_has_ended_and_can_be_used_again_then()
    {
        string id = await RunningAsync("TwoEvents");
        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => backend.StartAsync("FanOut", 2, id));
        await Client.RaiseEventAsync(id, "Number", 2, Cancellation);
        await Client.RaiseEventAsync(id, "Number", 3, Cancellation);
        (await backend.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(6);

        (await backend.RunAsync("FanOut", 2, id)).ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task Events_are_kept_for_a_wait_that_comes_later_and_across_runs()
    {
        string numbers = await RunningAsync("TwoEvents");
        string texts = await RunningAsync("Collects", string.Empty);
        foreach (string text in (string[])["a", "b", "c", "d"])
        {
            await Client.RaiseEventAsync(texts, "Text", text, Cancellation);
        }

        await Client.RaiseEventAsync(numbers, "NUMBER", 4, Cancellation);
        OrchestrationMetadata waiting = await Until(numbers, instance => instance.SerializedCustomStatus is { Length: > 4 });
        await Client.RaiseEventAsync(numbers, "Number", 5, Cancellation);

        waiting.ReadCustomStatusAs<Dictionary<string, int>>().ShouldBe(new Dictionary<string, int> { ["first"] = 4 });
        (await backend.FinishAsync(numbers)).ReadOutputAs<int>().ShouldBe(20);
        OrchestrationMetadata collected = await backend.FinishAsync(texts);
        collected.ReadOutputAs<string>().ShouldBe("abcd");
        collected.ReadCustomStatusAs<string>().ShouldBe("abcd");
        collected.ReadInputAs<string>().ShouldBe("abc");
    }

    [Fact]
    public async Task An_orchestrator_can_raise_events_of_others()
    {
        string id = await RunningAsync("TwoEvents");

        (await backend.RunAsync("Tells", id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await backend.RunAsync("Tells", id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        (await backend.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(36);
    }

    [Fact]
    public async Task An_orchestrator_can_continue_as_new_at_once_and_after_work() =>
        (await backend.RunAsync("Counts", 2)).ReadOutputAs<int>().ShouldBe(65536);

    [Fact]
    public async Task A_suspended_instance_does_nothing_until_it_is_resumed()
    {
        string id = await RunningAsync("TwoEvents");
        await Client.SuspendInstanceAsync(id, "for now", Cancellation);
        await Until(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "Number", 7, Cancellation);
        await backend.RunAsync("FanOut", 3);
        OrchestrationMetadata suspended = (await Client.GetInstanceAsync(id, true, Cancellation))!;
        await Client.ResumeInstanceAsync(id, "again", Cancellation);
        OrchestrationMetadata resumed = await Until(id, instance => instance.SerializedCustomStatus is { Length: > 4 });
        await Client.RaiseEventAsync(id, "Number", 2, Cancellation);

        suspended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        suspended.ReadCustomStatusAs<object>().ShouldBeNull();
        resumed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        (await backend.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(14);
    }

    [Fact]
    public async Task A_terminated_instance_has_the_output_it_was_given()
    {
        string id = await RunningAsync("TwoEvents");
        await Client.RaiseEventAsync(id, "Number", 4, Cancellation);
        await Until(id, instance => instance.SerializedCustomStatus is { Length: > 4 });

        await Client.TerminateInstanceAsync(id, "enough", Cancellation);

        OrchestrationMetadata end = await backend.FinishAsync(id);
        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        end.ReadOutputAs<string>().ShouldBe("enough");
        end.FailureDetails.ShouldBeNull();
    }

    [Fact]
    public async Task A_restart_begins_again_with_the_same_input()
    {
        string id = (await backend.RunAsync("FanOut", 3)).InstanceId;

        string other = await Client.RestartAsync(id, restartWithNewInstanceId: true, Cancellation);
        string same = await Client.RestartAsync(id, restartWithNewInstanceId: false, Cancellation);

        other.ShouldNotBe(id);
        same.ShouldBe(id);
        (await backend.FinishAsync(other)).ReadOutputAs<int>().ShouldBe(14);
        (await backend.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(14);
    }

    [Fact]
    public async Task Instances_are_found_by_prefix_and_status_in_pages()
    {
        string prefix = Guid.NewGuid().ToString("N");
        foreach (int n in (int[])[1, 2, 3])
        {
            await backend.RunAsync("FanOut", n, $"{prefix}-{n}");
        }

        await backend.StartAsync("TwoEvents", null, $"{prefix}-waits");
        OrchestrationQuery query = new()
        {
            InstanceIdPrefix = prefix,
            Statuses = [OrchestrationRuntimeStatus.Completed],
            PageSize = 2,
            FetchInputsAndOutputs = true,
        };
        List<OrchestrationMetadata> found = [];
        await foreach (OrchestrationMetadata instance in Client.GetAllInstancesAsync(query))
        {
            found.Add(instance);
        }

        found.Select(instance => instance.InstanceId).ShouldBe([$"{prefix}-1", $"{prefix}-2", $"{prefix}-3"], ignoreOrder: true);
        found.Sum(instance => instance.ReadOutputAs<int>()).ShouldBe(20);
    }

    [Fact]
    public async Task Purging_removes_what_has_ended_by_id_and_by_filter()
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddMinutes(-1);
        string first = (await backend.RunAsync("FanOut", 1)).InstanceId;
        string second = (await backend.RunAsync("FailsItself")).InstanceId;

        (await Client.PurgeInstanceAsync(first, Cancellation)).PurgedInstanceCount.ShouldBe(1);
        (await Client.PurgeInstanceAsync(first, Cancellation)).PurgedInstanceCount.ShouldBe(0);
        PurgeInstancesFilter failed = new(from, DateTimeOffset.UtcNow.AddMinutes(1), [OrchestrationRuntimeStatus.Failed]);
        (await Client.PurgeAllInstancesAsync(failed, Cancellation)).PurgedInstanceCount.ShouldBeGreaterThan(0);

        (await Client.GetInstanceAsync(first, Cancellation)).ShouldBeNull();
        (await Client.GetInstanceAsync(second, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Functions_that_do_not_exist_are_named()
    {
        (await backend.RunAsync("Missing")).FailureDetails!.ToString()
            .ShouldStartWith("OrchestratorTaskNotFound: There is no orchestrator function named 'Missing'. Check the name in its [Function]");
        (await backend.RunAsync("CallsMissing")).FailureDetails!.InnerFailure!.ToString()
            .ShouldStartWith("ActivityTaskNotFound: There is no activity function named 'Missing'. Check the name in its [Function]");
    }

    [Theory]
    [InlineData("AwaitsForeign")]
    [InlineData("LeavesItsThread")]
    public async Task An_orchestrator_that_awaits_what_is_not_durable_fails(string name)
    {
        OrchestrationMetadata end = await backend.RunAsync(name);

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        end.FailureDetails!.ErrorType.ShouldBe("ForeignAwait");
        end.FailureDetails.ErrorMessage.ShouldContain("for Task.Delay use CreateTimer");
    }

    [Fact]
    public async Task An_instance_of_a_later_version_waits_for_an_app_that_knows_it()
    {
        StartOrchestrationOptions later = new() { Version = "1.1" };
        string id = await Client.ScheduleNewOrchestrationInstanceAsync("Version", null, later, Cancellation);
        string earlier = await Client.ScheduleNewOrchestrationInstanceAsync("Version", null, later with { Version = "0.9" }, Cancellation);

        (await backend.FinishAsync(earlier)).ReadOutputAs<string>().ShouldBe("0.9");
        (await backend.RunAsync("Version")).ReadOutputAs<string>().ShouldBe("1.0");
        (await Client.GetInstanceAsync(id, Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
    }

    /// <summary>Looks at an instance until it is as wanted.</summary>
    /// <summary>Starts an orchestration and waits for its first turn: Azure Storage drops an event that is there before an instance has a history.</summary>
    private async Task<string> RunningAsync(string name, object? input = null)
    {
        string id = await backend.StartAsync(name, input);
        await Until(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        return id;
    }

    private Task<OrchestrationMetadata> Until(string id, Func<OrchestrationMetadata, bool> isWanted)
    {
        return Awaiting.For(LookAsync(), $"what '{id}' is to come to");

        async Task<OrchestrationMetadata> LookAsync()
        {
            while (true)
            {
                if (await Client.GetInstanceAsync(id, true, Cancellation) is { } found && isWanted(found))
                {
                    return found;
                }

                await Task.Delay(5, Cancellation);
            }
        }
    }
}

/// <summary>On the embedded host.</summary>
public sealed class EmbeddedSemanticsTests(EmbeddedBackend backend) : SemanticsTests(backend), IClassFixture<EmbeddedBackend>
{
    protected override bool IsEmbedded => true;

    /// <summary>It is found when it goes on, for which the orchestrator has to be kept. The storage backend replays it instead.</summary>
    [Fact]
    public Task An_orchestrator_that_awaits_what_is_not_durable_fails_though_it_awaits_something_else_besides() =>
        An_orchestrator_that_awaits_what_is_not_durable_fails("AwaitsForeignToo");
}

/// <summary>On the Azure Storage backend.</summary>
public sealed class AzureStorageSemanticsTests(AzureStorageBackend backend) : SemanticsTests(backend), IClassFixture<AzureStorageBackend>
{
    protected override bool IsEmbedded => false;
}
