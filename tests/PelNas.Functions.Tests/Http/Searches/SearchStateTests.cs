namespace PelNas.Functions.Tests.Http.Searches;

/// <summary>What a failed search says, by what a backend tells of it.</summary>
public sealed class SearchStateTests
{
    private const string Id = "20260301-120000-failed";
    private const string Step = "Task 'PlanSearch' (#0) failed with an unhandled exception: ";

    private static readonly TaskFailureDetails Planning = new(
        "System.ArgumentException", "generations: -1 is not allowed", null, null, null);

    [Fact]
    public void The_cause_is_what_the_step_threw()
    {
        TaskFailureDetails refused = new(
            "PelNas.Shared.Llm.Faults.ProposerRefusedException", "The key is not accepted.", null,
            new("System.Net.Http.HttpRequestException", "401", null, null, null), null);
        TaskFailureDetails partition = new(
            "Microsoft.DurableTask.TaskFailedException", "Task 'MutateArchitectures' (#3) failed.", null, refused, null);

        Of(new(nameof(SearchOrchestrator), Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            FailureDetails =
                new("Microsoft.DurableTask.TaskFailedException", "Task 'PartitionOrchestrator' (#1) failed.", null, partition, null),
        }).ShouldBe(new SearchFailure("PelNas.Shared.Llm.Faults.ProposerRefusedException", "The key is not accepted."));
    }

    [Fact]
    public void Without_what_is_within_it_the_outer_failure_is_told()
        => Of(new(nameof(SearchOrchestrator), Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            FailureDetails = new("Microsoft.DurableTask.TaskFailedException", Step + Planning.ErrorMessage, null, null, null),
        }).ShouldBe(new SearchFailure("Microsoft.DurableTask.TaskFailedException", Step + Planning.ErrorMessage));

    [Theory]
    [InlineData("Microsoft.DurableTask.TaskFailedException: " + Step + "no: not so", "Microsoft.DurableTask.TaskFailedException",
        Step + "no: not so")]
    [InlineData("It failed.", "Microsoft.DurableTask.TaskFailedException", "It failed.")]
    public void A_backend_that_tells_it_as_text_is_understood(string output, string type, string message)
        => Of(new(nameof(SearchOrchestrator), Id) { RuntimeStatus = OrchestrationRuntimeStatus.Failed, SerializedOutput = output })
            .ShouldBe(new SearchFailure(type, message));

    [Fact]
    public void A_long_text_is_cut()
        => Of(new(nameof(SearchOrchestrator), Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            SerializedOutput = "Exception: " + new string('x', 5_000),
        })!
            .Message.Length.ShouldBeLessThanOrEqualTo(2_000);

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public void What_did_not_fail_has_no_failure(OrchestrationRuntimeStatus status)
        => Of(new(nameof(SearchOrchestrator), Id) { RuntimeStatus = status, SerializedOutput = "\"labels: 120\"" }).ShouldBeNull();

    private static SearchFailure? Of(OrchestrationMetadata instance) => new SearchState(Id, Row: null, instance).Failure;
}
