using Microsoft.DurableTask.Client;
using PelNas.Local.Durable;

namespace PelNas.Local.Tests.DurableTask.Client;

public sealed class OrchestrationMetadataTests
{
    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public void Running_and_ended_follow_from_the_status(OrchestrationRuntimeStatus status, bool isRunning, bool isCompleted)
    {
        OrchestrationMetadata metadata = new("Search", "run") { RuntimeStatus = status };

        metadata.IsRunning.ShouldBe(isRunning);
        metadata.IsCompleted.ShouldBe(isCompleted);
    }

    [Fact]
    public void Payloads_are_read_with_the_converter()
    {
        OrchestrationMetadata metadata = new("Search", "run")
        {
            DataConverter = LocalDataConverter.Default,
            SerializedInput = "[1,2]",
            SerializedCustomStatus = "\"half\"",
        };

        metadata.ReadInputAs<int[]>().ShouldBe([1, 2]);
        metadata.ReadCustomStatusAs<string>().ShouldBe("half");
        metadata.ReadOutputAs<string>().ShouldBeNull();
        metadata.ReadOutputAs<int>().ShouldBe(0);
    }

    [Fact]
    public void Its_text_cuts_long_payloads()
    {
        OrchestrationMetadata metadata = new("Search", "run") { SerializedInput = new string('x', 60), SerializedOutput = "1" };

        metadata.ToString().ShouldContain($"Input: '{new string('x', 50)}...', Output: '1'");
    }
}
