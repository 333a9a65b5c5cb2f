namespace PelNas.Shared.Tests.Devices;

public sealed class MeasurementChoiceTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_first_cells_are_those_that_the_choice_finds()
    {
        MeasurementChoice.Begin(8).ShouldBe(MeasurementChoice.Spread(Space, 8));
        MeasurementChoice.Begin(MeasurementChoice.MaxCount).Distinct().Count().ShouldBe(MeasurementChoice.MaxCount);
    }

    [Fact]
    public void Ten_cells_reach_from_small_ones_to_large()
    {
        double[] flops = [.. Enumerable.Range(0, Space.Size).Select(cell => Space.FlopsM(cell)).Order()];
        double[] chosen = [.. MeasurementChoice.Begin(10).Select(cell => Space.FlopsM(cell))];

        chosen.Min().ShouldBeLessThanOrEqualTo(flops[Space.Size / 10]);
        chosen.Max().ShouldBeGreaterThan(flops[Space.Size * 9 / 10]);
    }

    [Fact]
    public void Further_cells_are_new_ones_that_make_the_front_more_certain_than_the_next_of_the_fixed_ones()
    {
        LatencyEstimator others = new(StepHarness.Tables, device => device is not "raspi4");
        double[] truth = LatencyEstimatorTests.Truth("raspi4");
        double[] worth = [.. StepHarness.Tables.GetTrainingFreeScore("cifar10", "naswot")];
        int[] begun = [.. MeasurementChoice.Begin(10)];
        int[] further = [.. MeasurementChoice.Continue(others, LatencyEstimatorTests.Measured(truth, begun), worth, 6)];

        further.Intersect(begun).ShouldBeEmpty();
        further.Distinct().Count().ShouldBe(6);
        DeviationOfFront([.. begun, .. further]).ShouldBeLessThan(DeviationOfFront([.. MeasurementChoice.Begin(16)]));

        // Relative to the front of what is known best: by the whole table.
        double DeviationOfFront(int[] cells)
        {
            LatencyEstimate estimate = others.Estimate(LatencyEstimatorTests.Measured(truth, cells));
            double level = double.NegativeInfinity;
            List<double> deviations = [];
            foreach (int cell in Enumerable.Range(0, truth.Length).Where(cell => double.IsFinite(worth[cell])).OrderBy(cell => truth[cell]))
            {
                if (worth[cell] > level)
                {
                    level = worth[cell];
                    deviations.Add(Math.Abs(estimate.LatencyMs[cell] - truth[cell]));
                }
            }

            return deviations.Average();
        }
    }
}
