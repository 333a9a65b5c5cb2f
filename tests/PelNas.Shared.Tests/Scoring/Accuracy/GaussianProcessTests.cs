using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Tests.Scoring.Accuracy;

public class GaussianProcessTests
{
    private static readonly double[][] Grid = [.. Enumerable.Range(-10, 21).Select(i => new[] { i / 3.0 })];

    [Fact]
    public void A_smooth_function_is_interpolated()
    {
        GaussianProcess process = GaussianProcess.Fit(Grid, [.. Grid.Select(x => Math.Sin(x[0]))]);

        foreach (double x in new[] { -2.9, -1.1, 0.05, 0.7, 2.4 })
        {
            process.Predict([x]).Mean.ShouldBe(Math.Sin(x), 0.03);
        }
    }

    [Fact]
    public void The_deviation_is_small_at_data_and_large_far_from_it()
    {
        GaussianProcess process = GaussianProcess.Fit(Grid, [.. Grid.Select(x => Math.Sin(x[0]))]);

        process.Predict([0]).Deviation.ShouldBeLessThan(0.1 * process.Predict([25]).Deviation);
    }

    [Fact]
    public void A_constant_target_predicts_the_constant()
    {
        GaussianProcess process = GaussianProcess.Fit(Grid, [.. Grid.Select(_ => 4.25)]);

        process.Predict([0.4]).Mean.ShouldBe(4.25, 1e-9);
    }

    [Fact]
    public void Two_points_agree_with_the_closed_form()
    {
        // With two points the posterior mean at either is m + K (K + noise I)^-1 (y - m); the chosen hyperparameters are not public,
        // but symmetry is: equal and opposite targets give equal and opposite predictions, shrunk towards the mean.
        GaussianProcess process = GaussianProcess.Fit([[-1], [1]], [0, 2]);

        double left = process.Predict([-1]).Mean;
        double right = process.Predict([1]).Mean;
        (left + right).ShouldBe(2, 1e-9);
        left.ShouldBeInRange(0, 0.5);
        process.Predict([0]).Mean.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Noise_is_told_from_signal()
    {
        Random random = new(5);
        double[][] inputs = [.. Enumerable.Range(0, 120).Select(i => new[] { (i - 60) / 20.0 })];
        double[] targets = [.. inputs.Select(x => x[0] + ((random.NextDouble() - 0.5) * 0.8))];

        GaussianProcess process = GaussianProcess.Fit(inputs, targets);

        inputs.Average(x => Math.Abs(process.Predict(x).Mean - x[0])).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Too_few_or_unequal_rows_are_refused()
    {
        Should.Throw<ArgumentException>(() => GaussianProcess.Fit([[1]], [1])).Message.ShouldContain("two or more rows");
        Should.Throw<ArgumentException>(() => GaussianProcess.Fit([[1], [2]], [1])).Message.ShouldContain("1 targets");
    }
}
