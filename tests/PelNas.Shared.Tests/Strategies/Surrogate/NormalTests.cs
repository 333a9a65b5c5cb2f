using MathNet.Numerics.Integration;
using MathNet.Numerics.Statistics;
using PelNas.Shared.Strategies.Surrogate;

namespace PelNas.Shared.Tests.Strategies.Surrogate;

public sealed class NormalTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1.5, 0.3, 2)]
    [InlineData(-2, 2, -5)]
    public void The_expected_excess_is_its_integral(double mean, double deviation, double level)
    {
        double integral = GaussLegendreRule.Integrate(
            x => (x - level) * MathNet.Numerics.Distributions.Normal.PDF(mean, deviation, x), level, Math.Max(level, mean) + (12 * deviation), 256);
        Normal.ExpectedExcess(mean, deviation, level).ShouldBe(integral, 1e-8);
    }

    [Fact]
    public void Deviates_have_mean_0_and_deviation_1_and_an_odd_number_can_be_drawn()
    {
        double[] deviates = Normal.Draw(100_001, SeededRandom.For(1, "test"));
        deviates.Length.ShouldBe(100_001);
        deviates.Mean().ShouldBe(0, 0.02);
        deviates.StandardDeviation().ShouldBe(1, 0.02);
        deviates.Count(value => Math.Abs(value) > 1.96).ShouldBeInRange(4_600, 5_400);
    }
}
