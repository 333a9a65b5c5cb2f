using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Comparison.Systems;

public sealed class FlashTests
{
    [Fact]
    public void The_curve_is_found_again_from_points_on_it()
    {
        double[] degrees = [3, 20, 37.5, 59, 80, 112, 150, 224];
        static double Truth(double degree) => 1 / (1.05 + Math.Exp((7 / degree) - 3));
        Func<double, double> fitted = Flash.FitAccuracy(degrees, [.. degrees.Select(Truth)]);
        foreach (double degree in (double[])[10, 50, 100, 200])
        {
            fitted(degree).ShouldBe(Truth(degree), 1e-4);
        }
    }

    [Theory]
    [InlineData("cifar10", 0.785)]
    [InlineData("imagenet16-120", 0.793)]
    public async Task A_curve_fitted_on_25_labels_ranks_as_the_degree_does(string dataset, double expected)
    {
        BenchmarkContext context = StepHarness.Tables.GetContext(dataset, "fpga");
        byte[][] cells = LiveCell.All(context.Space);
        int[] labelled = [.. (await Trials.RunAsync("random", Flash.Founders, context: context)).Labels()
            .Where(index => LiveCell.IsAlive(cells[index]))];
        Func<double, double> curve = Flash.FitAccuracy(
            [.. labelled.Select(index => NnDegree.Of(cells[index]))], [.. labelled.Select(index => context.TestAccuracy[index] / 100)]);
        Correlation.Spearman(cells.Select(cell => LiveCell.IsAlive(cell) ? curve(NnDegree.Of(cell)) : 0), context.TestAccuracy)
            .ShouldBe(expected, 0.002);
    }

    [Fact]
    public void Coefficients_that_would_be_negative_are_zero_and_the_others_fit_as_well_as_they_can()
    {
        Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 40).Select(_ => (double[])[1, random.Next(4), random.Next(4), random.Next(4)])];
        double[] targets = [.. rows.Select(row => 2 + (3 * row[1]) - (1.5 * row[2]) + (0.5 * row[3]) + random.NextDouble())];
        double[] solution = NonNegativeLeastSquares.Solve(rows, targets);

        // The conditions of Karush, Kuhn and Tucker: no slope where a coefficient is free, none that helps where it is bound.
        double[] left = [.. rows.Zip(targets, (row, target) => target - row.Zip(solution, (a, x) => a * x).Sum())];
        for (int column = 0; column < solution.Length; column++)
        {
            double slope = rows.Zip(left, (row, residual) => row[column] * residual).Sum();
            if (solution[column] > 0)
            {
                slope.ShouldBe(0, 1e-8);
            }
            else
            {
                slope.ShouldBeLessThanOrEqualTo(0);
            }
        }

        solution[2].ShouldBe(0);
        solution[1].ShouldBeInRange(2, 4);
    }

    [Fact]
    public void A_latency_that_is_a_sum_of_costs_is_found()
    {
        double[][] rows = [[1, 0, 0], [1, 2, 1], [1, 1, 3], [1, 4, 0]];
        double[] solution = NonNegativeLeastSquares.Solve(rows, [.. rows.Select(row => row[0] + (0.25 * row[1]) + (2 * row[2]))]);
        solution[0].ShouldBe(1, 1e-9);
        solution[1].ShouldBe(0.25, 1e-9);
        solution[2].ShouldBe(2, 1e-9);
    }
}
