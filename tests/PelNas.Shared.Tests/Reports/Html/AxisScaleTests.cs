using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Tests.Reports.Html;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0.35, 8.9, 10, 0, 9, 1, 0)]
    [InlineData(84.38, 94.3, 8, 84, 96, 2, 0)]
    [InlineData(0.91, 0.938, 5, 0.91, 0.94, 0.01, 2)]
    [InlineData(0, 10, 10, 0, 10, 1, 0)]
    [InlineData(0.0012, 0.0049, 4, 0.001, 0.005, 0.001, 3)]
    [InlineData(120, 4800, 5, 0, 5000, 1000, 0)]
    public void Ticks_are_round_numbers_around_the_values(
        double least, double greatest, int ticks, double minimum, double maximum, double step, int decimals)
    {
        AxisScale scale = AxisScale.Over([greatest, least], ticks, 0, 100);
        scale.Minimum.ShouldBe(minimum, 1e-9);
        scale.Maximum.ShouldBe(maximum, 1e-9);
        scale.Step.ShouldBe(step, 1e-9);
        scale.Decimals.ShouldBe(decimals);
        scale.Ticks.First().ShouldBe(minimum, 1e-9);
        scale.Ticks.Last().ShouldBe(maximum, 1e-9);
    }

    [Fact]
    public void Values_map_between_the_ends_in_either_direction()
    {
        AxisScale scale = AxisScale.Over([0, 10], 10, 500, 100);
        scale.Map(0).ShouldBe(500);
        scale.Map(5).ShouldBe(300);
        scale.Map(10).ShouldBe(100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(93.4)]
    [InlineData(-3)]
    public void A_single_value_gets_an_axis_around_it(double value)
    {
        AxisScale scale = AxisScale.Over([value, value], 5, 0, 100);
        scale.Map(value).ShouldBeInRange(1, 99);
    }

    [Property]
    public bool Every_value_lies_on_the_axis_and_the_ticks_are_few(int a, int b, ushort divisor)
    {
        double[] values = [a / (divisor + 1.0), b / (divisor + 1.0)];
        AxisScale scale = AxisScale.Over(values, 8, 0, 100);
        return values.All(value => scale.Map(value) is >= -1e-6 and <= 100 + 1e-6) && scale.Ticks.Count() is >= 2 and <= 12;
    }
}
