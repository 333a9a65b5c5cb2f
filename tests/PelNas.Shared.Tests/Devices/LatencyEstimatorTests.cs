namespace PelNas.Shared.Tests.Devices;

public sealed class LatencyEstimatorTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    // The Pixels are siblings; of the Raspberry Pi there is only one.
    private static readonly LatencyEstimator Others = new(
        StepHarness.Tables, device => device is not "raspi4" && !device.StartsWith("pixel", StringComparison.Ordinal));

    [Theory]
    [InlineData("raspi4", 10, 0.93)]
    [InlineData("raspi4", 20, 0.95)]
    [InlineData("pixel3", 10, 0.92)]
    [InlineData("pixel3", 20, 0.95)]
    [InlineData("pixel2", 20, 0.85)]
    public void Suggested_cells_rank_all_others_of_a_device_that_is_not_known(string device, int count, double least)
    {
        double[] truth = Truth(device);
        int[] cells = [.. MeasurementChoice.Begin(count)];

        Rank(truth, Others.Estimate(Measured(truth, cells)), cells).ShouldBeGreaterThan(least);
    }

    [Fact]
    public void Measured_cells_keep_their_latency_and_those_that_do_not_run_have_none()
    {
        double[] truth = Truth("raspi4");
        int[] cells = [.. MeasurementChoice.Begin(12)];

        LatencyEstimate estimate = Others.Estimate([.. Measured(truth, cells[..11]), new MeasuredCell(cells[11], null)]);

        cells[..11]
            .ShouldAllBe(cell => Math.Abs(estimate.LatencyMs[cell] - truth[cell]) <= 1e-5 * truth[cell] && estimate.DeviationMs[cell] == 0);
        estimate.LatencyMs[cells[11]].ShouldBe(double.NaN);
        estimate.LatencyMs.Count(double.IsNaN).ShouldBe(1);
        estimate.LatencyMs.Where(double.IsFinite).ShouldAllBe(latency => latency > 1e-6, "a nanosecond is the least that anything takes");
        estimate.DeviationMs.Where((_, cell) => !cells.Contains(cell)).ShouldAllBe(deviation => deviation > 0);
        estimate.Validation.Cells.ShouldBe(11);
    }

    [Fact]
    public void More_work_is_never_predicted_to_be_faster()
    {
        double[] truth = Truth("pixel3");
        int[] cells = [.. MeasurementChoice.Begin(10)];
        LatencyEstimate estimate = Others.Estimate(Measured(truth, cells));
        for (int index = 0; index < Space.Size; index++)
        {
            foreach (int neighbour in Space.Neighbours(index).Where(other => !cells.Contains(other) && !cells.Contains(index)))
            {
                int edge = Enumerable.Range(0, 6).Single(place => Space.Genotype(index)[place] != Space.Genotype(neighbour)[place]);
                if (IsIdle(index, edge) && !IsIdle(neighbour, edge))
                {
                    estimate.LatencyMs[neighbour].ShouldBeGreaterThanOrEqualTo(estimate.LatencyMs[index] * (1 - 1e-5));
                }
            }
        }
    }

    [Fact]
    public void Nine_of_ten_latencies_lie_in_their_intervals()
    {
        double[] truth = Truth("raspi4");
        int[] cells = [.. MeasurementChoice.Begin(20)];
        LatencyEstimate estimate = Others.Estimate(Measured(truth, cells));
        double share = Enumerable.Range(0, Space.Size).Except(cells).Average(cell =>
        {
            (double low, double high) = LatencyInterval.Of(estimate.LatencyMs[cell], estimate.DeviationMs[cell]);
            return truth[cell] >= low && truth[cell] <= high ? 1 : 0;
        });

        share.ShouldBeInRange(0.75, 0.99);
    }

    [Fact]
    public void Whole_milliseconds_are_enough()
    {
        double[] truth = Truth("raspi4");
        double[] rounded = [.. truth.Select(latency => Math.Max(1, Math.Round(latency)))];
        int[] cells = [.. MeasurementChoice.Begin(20)];

        Rank(truth, Others.Estimate(Measured(rounded, cells)), cells).ShouldBeGreaterThan(0.94);
    }

    [Fact]
    public void One_wild_measurement_does_not_spoil_the_others()
    {
        double[] truth = Truth("raspi4");
        int[] cells = [.. MeasurementChoice.Begin(20)];
        double[] wild = [.. truth];
        wild[cells[7]] *= 8;

        Rank(truth, Others.Estimate(Measured(wild, cells)), cells).ShouldBeGreaterThan(0.92);
    }

    [Fact]
    public void Repeated_measurements_tell_their_noise_and_are_worth_more_than_single_ones()
    {
        double[] truth = Truth("raspi4");
        int[] cells = [.. MeasurementChoice.Begin(20)];
        Random random = SeededRandom.For(3, "noise");
        MeasuredCell[] Noisy(int repeats)
            => [.. cells.Select(cell =>
                MeasuredCell.Of(cell, [.. Normal.Draw(repeats, random).Select(deviate => Math.Max(0.1, truth[cell] + (12 * deviate)))]))];

        LatencyEstimate repeated = Others.Estimate(Noisy(25));

        repeated.DeviationMs[cells[3]].ShouldBe(12 / 5.0, 0.5);
        Rank(truth, repeated, cells)
            .ShouldBeGreaterThan(Enumerable.Range(0, 5).Average(_ => Rank(truth, Others.Estimate(Noisy(1)), cells)));
    }

    [Fact]
    public void What_cannot_be_estimated_is_told()
    {
        LatencyEstimator.WhyNot([new(0, 1), new(1, 2), new(2, 3), new(3, 4), new(4, null)]).ShouldNotBeNull().ShouldContain("4 cells");
        LatencyEstimator.WhyNot([.. Enumerable.Range(0, 9).Select(cell => new MeasuredCell(cell, 5))]).ShouldNotBeNull()
            .ShouldContain("5 ms");
        LatencyEstimator.WhyNot([.. Enumerable.Range(0, 5).Select(cell => new MeasuredCell(cell, 5 + cell))]).ShouldBeNull();
    }

    [Fact]
    public void Chance_latencies_earn_a_warning_and_those_of_a_device_do_not()
    {
        int[] cells = [.. MeasurementChoice.Begin(20)];
        Random random = SeededRandom.For(1, "chance");

        Others.Estimate(
            [.. cells.Select(cell => new MeasuredCell(cell, 1 + (10 * random.NextDouble())))]).Validation.Warning.ShouldNotBeNull()
                .ShouldContain("Measure more cells");
        LatencyValidation good = Others.Estimate(Measured(Truth("gold_6226"), cells)).Validation;
        good.Warning.ShouldBeNull();
        good.Spearman.ShouldNotBeNull().ShouldBeGreaterThan(0.9);
    }

    internal static double[] Truth(string device) => [.. StepHarness.Tables.GetLatency("cifar10", device)];

    internal static MeasuredCell[] Measured(double[] truth, IReadOnlyList<int> cells)
        => [.. cells.Select(cell => new MeasuredCell(cell, truth[cell]))];

    private static bool IsIdle(int index, int edge)
        => (NasBench201Operation)Space.Genotype(index)[edge] is NasBench201Operation.None or NasBench201Operation.SkipConnect;

    private static double Rank(double[] truth, LatencyEstimate estimate, int[] cells)
    {
        int[] others = [.. Enumerable.Range(0, truth.Length).Except(cells)];
        return Correlation.Spearman(others.Select(cell => truth[cell]), others.Select(cell => estimate.LatencyMs[cell]));
    }
}
