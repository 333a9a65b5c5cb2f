using PelNas.Shared.Pareto;
using PelNas.Shared.Strategies.Surrogate;

namespace PelNas.Shared.Tests.Strategies.Surrogate;

public sealed class SkylineTests
{
    private static readonly (double Latency, double Value)[] Points =
        [.. Enumerable.Range(0, 25).Select(i => (Math.Round(5 + (4 * Math.Sin(i * 1.7)), 1), Math.Round(3 + (2 * Math.Cos(i * 2.3)), 1)))];

    [Fact]
    public void The_gain_of_a_point_is_what_it_adds_to_the_hypervolume()
    {
        Skyline skyline = new(10, 0);
        List<double[]> minimised = [];
        foreach ((double latency, double value) in Points)
        {
            double before = Hypervolume.Compute(minimised, [10, 0]);
            minimised.Add([latency, -value]);
            skyline.Gain(latency, value).ShouldBe(Hypervolume.Compute(minimised, [10, 0]) - before, 1e-9);
            skyline.Add(latency, value);
            skyline.Gain(latency, value).ShouldBe(0, 1e-12);
        }
    }

    [Fact]
    public void The_level_is_the_best_value_within_a_latency()
    {
        Skyline skyline = new(10, 0.5);
        skyline.Level(9).ShouldBe(0.5);
        foreach ((double latency, double value) in Points)
        {
            skyline.Add(latency, value);
        }

        for (double latency = 0; latency < 10; latency += 0.25)
        {
            double within = Points.Where(point => point.Latency <= latency).Select(point => point.Value).DefaultIfEmpty(0.5).Max();
            skyline.Level(latency).ShouldBe(Math.Max(within, 0.5));
        }
    }

    [Fact]
    public void The_expected_gain_is_the_mean_gain_of_many_draws()
    {
        Skyline skyline = new(10, 0);
        skyline.Add(2, 1);
        skyline.Add(5, 2.5);
        double[] draws = Normal.Draw(200_000, SeededRandom.For(1, "test"));
        double mean = draws.Average(draw => skyline.Gain(3, 2 + (0.8 * draw)));
        skyline.ExpectedGain(3, 2, 0.8).ShouldBe(mean, 0.02);
    }

    [Fact]
    public void A_copy_grows_on_its_own()
    {
        Skyline skyline = new(10, 0);
        new Skyline(skyline).Add(1, 1);
        skyline.Level(2).ShouldBe(0);
    }
}
