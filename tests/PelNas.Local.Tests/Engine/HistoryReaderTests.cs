namespace PelNas.Local.Tests.Engine;

public sealed class HistoryReaderTests : EngineTest
{
    [Fact]
    public async Task An_instance_is_read_while_and_after_an_engine_works_on_the_file()
    {
        Functions.Orchestrator("Fail", _ => throw new InvalidOperationException("no credit"));
        await using (TestEngine engine = await StartAsync())
        {
            await engine.Client.RunAsync("Fail", "input", "one");

            ShouldHaveFailed(HistoryReader.Find(HistoryPath, "one"));
        }

        ShouldHaveFailed(HistoryReader.Find(HistoryPath, "one"));
        HistoryReader.Find(HistoryPath, "two").ShouldBeNull();
        HistoryReader.Find(HistoryPath + ".none", "one").ShouldBeNull();
        File.Exists(HistoryPath + ".none").ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_no_history_is_named()
    {
        File.WriteAllText(HistoryPath, new string('x', 5000));

        Should.Throw<HistoryFileException>(() => HistoryReader.Find(HistoryPath, "one")).Message.ShouldContain(HistoryPath);
    }

    private static void ShouldHaveFailed(OrchestrationMetadata? instance)
    {
        instance!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        instance.FailureDetails!.ErrorMessage.ShouldBe("no credit");
    }
}
