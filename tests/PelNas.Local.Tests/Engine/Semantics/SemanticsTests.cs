namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>What functions and clients see of the engine. Every test runs on both backends; where these differ, it says how.</summary>
public abstract partial class SemanticsTests(SemanticsBackend backend)
{
    protected DurableTaskClient Client => backend.Client;

    /// <summary>Whether a sub-orchestration whose id is taken fails, rather than leaving its caller waiting.</summary>
    protected abstract bool IsEmbedded { get; }

    [Fact]
    public async Task Activities_run_side_by_side_and_one_after_another()
    {
        (await Client.RunAsync("FanOut", 20)).ReadOutputAs<int>().ShouldBe(2870);
        (await Client.RunAsync("EchoTwice", "text")).ReadOutputAs<string>().ShouldBe("text!");
    }

    [Fact]
    public async Task Large_inputs_and_outputs_arrive_whole()
    {
        string large = string.Concat(Enumerable.Range(0, 50_000).Select(n => $"{n:x5}\"é"));

        OrchestrationMetadata end = await Client.RunAsync("EchoTwice", large);

        end.ReadInputAs<string>().ShouldBe(large);
        end.ReadOutputAs<string>().ShouldBe(large + "!");
    }

    [Fact]
    public async Task A_retry_policy_repeats_an_activity_until_it_succeeds_or_the_attempts_are_used_up()
    {
        (await Client.RunAsync("Retries", 5)).ReadOutputAs<int>().ShouldBe(3);
        OrchestrationMetadata failed = await Client.RunAsync("Retries", 2);

        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.InnerFailure!.ErrorMessage.ShouldBe("call 2");
    }

    [Fact]
    public async Task A_retry_handler_is_told_of_each_failure() =>
        (await Client.RunAsync("RetriesByHandler")).ReadOutputAs<string>().ShouldBe("1 call 1, 2 call 2, then 3");

    [Fact]
    public async Task A_failure_keeps_its_type_its_message_and_its_cause()
    {
        TaskFailureDetails ofActivity = (await Client.RunAsync("FailsInActivity")).FailureDetails!;
        OrchestrationMetadata failed = await Client.RunAsync("FailsItself");

        ofActivity.ErrorType.ShouldBe(typeof(Microsoft.DurableTask.TaskFailedException).FullName);
        ofActivity.InnerFailure!.ToString().ShouldBe("System.InvalidOperationException: from the activity");
        ofActivity.InnerFailure.InnerFailure!.ToString().ShouldBe("System.FormatException: the reason");
        failed.FailureDetails!.ToString().ShouldBe("System.InvalidOperationException: from the orchestrator");
        failed.FailureDetails.InnerFailure!.ToString().ShouldBe("System.FormatException: the reason");
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);

        // The storage backend tells a failure instead of the output, and not as JSON.
        failed.SerializedOutput.ShouldBe(IsEmbedded ? null : "System.InvalidOperationException: from the orchestrator");
    }

    [Fact]
    public async Task A_caller_sees_the_failure_of_its_sub_orchestration() =>
        (await Client.RunAsync("CatchesChild")).ReadOutputAs<string>().ShouldBe(
        "Microsoft.DurableTask.TaskFailedException < System.InvalidOperationException < System.FormatException: the reason");

    [Fact]
    public async Task A_sub_orchestration_has_the_id_it_was_given_its_caller_and_the_apps_version()
    {
        string id = Guid.NewGuid().ToString("N");
        OrchestrationMetadata end = await Client.RunAsync("Parent", "one", id);

        end.ReadOutputAs<string>().ShouldBe("one (child of Parent, given id, 1.0) of another (child of Parent, new id, 1.0)");
        (await Client.StatusAsync($"{id}-child")).ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task An_orchestrator_can_raise_events_of_others()
    {
        string id = await RunningAsync("TwoEvents");

        (await Client.RunAsync("Tells", id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await Client.RunAsync("Tells", id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        (await Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(36);
    }

    [Fact]
    public async Task An_orchestrator_can_continue_as_new_at_once_and_after_work() =>
        (await Client.RunAsync("Counts", 2)).ReadOutputAs<int>().ShouldBe(65536);

    [Fact]
    public async Task Functions_that_do_not_exist_are_named()
    {
        (await Client.RunAsync("Missing")).FailureDetails!.ToString()
            .ShouldStartWith(
                "OrchestratorTaskNotFound: There is no orchestrator function named 'Missing'. Check the name in its [Function]");
        (await Client.RunAsync("CallsMissing")).FailureDetails!.InnerFailure!.ToString()
            .ShouldStartWith("ActivityTaskNotFound: There is no activity function named 'Missing'. Check the name in its [Function]");
    }

    [Theory]
    [InlineData("AwaitsForeign")]
    [InlineData("LeavesItsThread")]
    public async Task An_orchestrator_that_awaits_what_is_not_durable_fails(string name) => ShouldBeForeign(await Client.RunAsync(name));

    protected static void ShouldBeForeign(OrchestrationMetadata end)
    {
        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        end.FailureDetails!.ErrorType.ShouldBe("ForeignAwait");
        end.FailureDetails.ErrorMessage.ShouldContain("for Task.Delay use CreateTimer");
    }

    /// <summary>
    /// Starts an orchestration and waits for its first turn: Azure Storage drops an event that is there before an instance has a history.
    /// </summary>
    protected async Task<string> RunningAsync(string name, object? input = null)
    {
        string id = await Client.ScheduleAsync(name, input);
        await Client.UntilAsync(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        return id;
    }
}

/// <summary>On the embedded host.</summary>
public sealed class EmbeddedSemanticsTests(EmbeddedBackend backend) : SemanticsTests(backend), IClassFixture<EmbeddedBackend>
{
    protected override bool IsEmbedded => true;

    /// <summary>It is found when it goes on, for which the orchestrator has to be kept. The storage backend replays it instead.</summary>
    [Fact]
    public async Task An_orchestrator_that_awaits_what_is_not_durable_fails_though_it_awaits_something_else_besides()
    {
        string id = await RunningAsync("AwaitsForeignToo");
        SampleFunctions.Foreign.SetResult();
        ShouldBeForeign(await Client.FinishAsync(id));
    }
}

/// <summary>On the Azure Storage backend.</summary>
public sealed class AzureStorageSemanticsTests(AzureStorageBackend backend) : SemanticsTests(backend), IClassFixture<AzureStorageBackend>
{
    protected override bool IsEmbedded => false;
}
