using FsCheck.Xunit;
using PelNas.Shared.Pareto;
using PelNas.Shared.Scoring.Labels;

namespace PelNas.Shared.Tests.Scoring.Labels;

public class FrontGainTests
{
    private static readonly double[] Reference = [1, 1];

    [Fact]
    public void The_first_point_gains_its_own_rectangle() => new FrontGain().Gain(0.25, 0.5).ShouldBe(0.375, 1e-12);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(0.5, 1.5)]
    public void A_point_at_or_beyond_the_reference_gains_nothing(double first, double second)
        => new FrontGain().Gain(first, second).ShouldBe(0);

    [Fact]
    public void A_dominated_or_equal_point_gains_nothing()
    {
        FrontGain front = new();
        front.Add(0.3, 0.3);

        front.Gain(0.3, 0.3).ShouldBe(0);
        front.Gain(0.4, 0.3).ShouldBe(0);
        front.Gain(0.3, 0.9).ShouldBe(0);
    }

    [Property]
    public void The_gain_is_the_difference_of_hypervolumes(int seed)
    {
        Random random = new(seed);
        FrontGain front = new();
        List<double[]> points = [];
        for (int step = 0; step < 25; step++)
        {
            // A coarse grid makes ties and duplicates common.
            double[] point = [random.Next(0, 12) / 10.0, random.Next(0, 12) / 10.0];
            double before = Hypervolume.Compute([.. points], Reference);
            double after = Hypervolume.Compute([.. points, point], Reference);

            front.Gain(point[0], point[1]).ShouldBe(after - before, 1e-9);
            front.Add(point[0], point[1]);
            points.Add(point);
        }
    }
}
