namespace PelNas.Functions.Tests.Http.Searches;

/// <summary>What a failed search says, by what a backend tells of it.</summary>
public sealed class SearchStateTests
{
    private const string Id = "20260301-120000-failed";
    private const string Step = "Task 'PlanSearch' (#0) failed with an unhandled exception: ";

    private const string TaskFailed = "Microsoft.DurableTask.TaskFailedException";

    [Fact]
    public void The_cause_is_what_the_step_threw()
    {
        const string Refused = "PelNas.Shared.Llm.Faults.ProposerRefusedException";
        TaskFailureDetails refused =
            Details(Refused, "The key is not accepted.", Details("System.Net.Http.HttpRequestException", "401"));
        TaskFailureDetails partition = Details(TaskFailed, "Task 'MutateArchitectures' (#3) failed.", refused);

        OfFailed(Details(TaskFailed, "Task 'PartitionOrchestrator' (#1) failed.", partition))
            .ShouldBe(new SearchFailure(Refused, "The key is not accepted."));
    }

    [Fact]
    public void Without_what_is_within_it_the_outer_failure_is_told()
        => OfFailed(Details(TaskFailed, Step + "generations: -1 is not allowed"))
            .ShouldBe(new SearchFailure(TaskFailed, Step + "generations: -1 is not allowed"));

    [Theory]
    [InlineData(TaskFailed + ": " + Step + "no: not so", Step + "no: not so")]
    [InlineData("It failed.", "It failed.")]
    public void A_backend_that_tells_it_as_text_is_understood(string output, string message)
        => OfFailed(output: output).ShouldBe(new SearchFailure(TaskFailed, message));

    [Fact]
    public void A_long_text_is_cut()
        => OfFailed(output: "Exception: " + new string('x', 5_000))!.Message.Length.ShouldBeLessThanOrEqualTo(2_000);

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public void What_did_not_fail_has_no_failure(OrchestrationRuntimeStatus status)
        => Of(new(nameof(SearchOrchestrator), Id) { RuntimeStatus = status, SerializedOutput = "\"labels: 120\"" }).ShouldBeNull();

    private static SearchFailure? OfFailed(TaskFailureDetails? details = null, string? output = null)
        => Of(new(nameof(SearchOrchestrator), Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            FailureDetails = details,
            SerializedOutput = output,
        });

    private static TaskFailureDetails Details(string type, string message, TaskFailureDetails? inner = null)
        => new(type, message, null, inner, null);

    private static SearchFailure? Of(OrchestrationMetadata instance) => new SearchState(Id, Row: null, instance).Failure;
}
