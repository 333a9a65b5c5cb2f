using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Comparison.Systems;

public sealed class ScoredFrontTests : FolderTest
{
    private string Path => Folder.File("darts-images-1min.csv");

    /// <summary>With the true accuracies as scores the first labels are the exact front.</summary>
    [Fact]
    public async Task Labels_go_to_the_front_of_the_scores()
    {
        int[] cells = [.. Enumerable.Range(0, 400)];
        File.WriteAllLines(
            Path, ["index,score", .. cells.Select(index => FormattableString.Invariant($"{index},{Trials.Fpga.TestAccuracy[index]}"))]);
        ISearchStrategy strategy = new StrategyCatalog(StepHarness.Tables, scores: [Path]).Find("darts-images-1min")!;
        SearchTrial trial = Trials.Create(8);
        await strategy.SearchAsync(trial, Cancellation);
        int[] labelled = trial.Ledger.Labels();
        labelled.Length.ShouldBe(8);
        labelled.ShouldAllBe(index =>
            !cells.Any(other => Trials.Fpga.LatencyMs[other] < Trials.Fpga.LatencyMs[index]
                && Trials.Fpga.TestAccuracy[other] > Trials.Fpga.TestAccuracy[index]));
    }

    [Theory]
    [InlineData("cell,score\n1,2\n", "index,score")]
    [InlineData("index,score\n1,2\n1,3\n", "Line 3")]
    [InlineData("index,score\n99999,2\n", "Line 2")]
    [InlineData("index,score\n1,much\n", "Line 2")]
    public void A_file_of_something_else_is_refused(string text, string expected)
    {
        File.WriteAllText(Path, text);
        Should.Throw<BenchmarkFileException>(() => new StrategyCatalog(StepHarness.Tables, scores: [Path])).Message.ShouldContain(expected);
    }
}
