namespace PelNas.Shared.Tests.Predictor;

public class TrainingFreeScoresTests
{
    [Fact]
    public void Synflow_is_taken_as_the_logarithm_that_the_table_holds()
    {
        IReadOnlyList<double[]> scores = TrainingFreeScores.Of(StepHarness.Tables, DatasetShape.Of("cifar10"));
        int cell = ProxyTable.Representatives(StepHarness.Tables.Space)[1];

        double inTable = StepHarness.Tables.GetProxyScore("cifar10", "synflow")[cell];
        scores[1][cell].ShouldBe(inTable);
        inTable.ShouldBeInRange(13, 31);
    }

    [Fact]
    public void Every_cell_has_all_scores()
        => TrainingFreeScores.Of(StepHarness.Tables, DatasetShape.Of("imagenet16-120"))
            .ShouldAllBe(column => column.Length == StepHarness.Tables.Space.Size && column.All(double.IsFinite));
}
