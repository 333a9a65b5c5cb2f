using MathNet.Numerics.Statistics;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Strategies.Surrogate;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Strategies.Surrogate;

public sealed class FunctionProcessTests
{
    private static readonly FunctionTable Table = FunctionTable.Create(StepHarness.Tables.Space, []);

    [Fact]
    public void The_table_has_every_live_cell_once_under_its_function()
    {
        Table.Cells.SelectMany(cells => cells).ShouldBeUnique();
        Table.Cells.Sum(cells => cells.Length).ShouldBe(Enumerable.Range(0, 15625).Count(StepHarness.Tables.Space.IsConnected));
        Table.FunctionOf[Table.Cells[100][0]].ShouldBe(100);
        Enumerable.Range(0, 15625).Where(index => !StepHarness.Tables.Space.IsConnected(index)).ShouldAllBe(index => Table.FunctionOf[index] == -1);
    }

    [Fact]
    public void Scores_are_standardised_over_the_functions()
    {
        FunctionTable table = FunctionTable.Create(StepHarness.Tables.Space, FunctionTable.TrainingFreeScores(StepHarness.Tables, "cifar100"));
        for (int score = 0; score < 4; score++)
        {
            double[] column = [.. table.Scores.Select(row => row[score])];
            column.Mean().ShouldBe(0, 1e-9);
            column.PopulationStandardDeviation().ShouldBe(1, 1e-9);
        }
    }

    [Fact]
    public void Labelled_functions_are_known_well_and_others_are_predicted_by_rank()
    {
        FunctionProcess process = Fitted(Table, 120, out int[] functions);
        functions.Select(function => process.Deviations[function]).Mean().ShouldBeLessThan(0.5 * process.Deviations.Mean());

        double[] truth = [.. Table.Cells.Select(cells => cells.Average(cell => Accuracy(cell)))];
        Correlation.Spearman(process.Means, truth).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_posterior_is_that_of_the_formulas()
    {
        // Means and deviations come out of a triangular solve for all functions at once; samples out of a joint covariance.
        // Both are the same posterior, so that many samples must have these moments.
        FunctionProcess process = Fitted(Table, 40, out _);
        int[] some = [3, 500, 1000, 2500, 4000];
        double[][] samples = process.Sample(some, 20_000, SeededRandom.For(1, "test"));
        for (int place = 0; place < some.Length; place++)
        {
            double[] values = [.. samples.Select(sample => sample[place])];
            double deviation = process.Deviations[some[place]];
            values.Mean().ShouldBe(process.Means[some[place]], 5 * deviation / Math.Sqrt(values.Length));
            values.StandardDeviation().ShouldBe(deviation, 0.03 * deviation);
        }
    }

    [Fact]
    public void Labels_of_isomorphic_cells_pull_their_function_to_their_mean()
    {
        FunctionProcess process = Fitted(Table, 40, out int[] functions);
        double before = process.Means[functions[0]];
        for (int label = 0; label < 12; label++)
        {
            process.Add(functions[0], before + 0.3);
        }

        process.Fit();
        process.Means[functions[0]].ShouldBe(before + 0.3, 0.1);
    }

    private static double Accuracy(int cell) => Trials.Fpga.Accuracy[cell];

    private static FunctionProcess Fitted(FunctionTable table, int labels, out int[] functions)
    {
        functions = [.. Enumerable.Range(0, table.Count)];
        SeededRandom.For(2, "test").Shuffle(functions);
        functions = functions[..labels];
        FunctionProcess process = new(table);
        foreach (int function in functions)
        {
            process.Add(function, AccuracyScale.ToTarget(Accuracy(table.Cells[function][0])));
        }

        process.Fit();
        return process;
    }
}
