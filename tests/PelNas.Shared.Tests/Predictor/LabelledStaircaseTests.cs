namespace PelNas.Shared.Tests.Predictor;

public class LabelledStaircaseTests
{
    private static readonly LabelledStaircase Staircase = new([(5, 90), (2, 80), (3, 70), (5, 85)], (0, 10), AccuracyScale.Fixed);

    [Theory]
    [InlineData(2, 80)]
    [InlineData(4.9, 80)]
    [InlineData(5, 90)]
    [InlineData(100, 90)]
    public void The_level_is_the_best_accuracy_within_a_latency(double latency, double accuracy)
        => AccuracyScale.Fixed.ToAccuracy(Staircase.Level(latency)).ShouldBe(accuracy, 1e-9);

    [Fact]
    public void Nothing_labelled_is_as_fast() => Staircase.Level(1.9).ShouldBe(double.NegativeInfinity);

    [Fact]
    public void The_promise_is_the_margin_in_deviations()
        => Staircase.Promise(6, AccuracyScale.Fixed.ToTarget(90) + 0.3, 0.1).ShouldBe(3, 1e-9);

    [Fact]
    public void A_value_gains_over_each_step_up_to_where_another_takes_over()
    {
        // From 4 to 5 ms it tops 80 % by 8 points, from 5 to 7 ms it is under 90 %. Live accuracies begin at 80 %.
        double gain = Staircase.Gain(4, 7, AccuracyScale.Fixed.ToTarget(88));

        gain.ShouldBe(1 * ((8 / 100.0) + (8 / 10.0)) / 2 / 10, 1e-9);
    }

    [Fact]
    public void A_dominated_value_gains_nothing() => Staircase.Gain(5, 10, AccuracyScale.Fixed.ToTarget(89.9)).ShouldBe(0);

    [Property]
    public void The_gain_is_the_integral_of_the_margin(int seed)
    {
        Random random = new(seed);
        (double, double)[] labels = [.. Enumerable.Range(0, 1 + random.Next(12))
            .Select(_ => (random.Next(1, 20) / 2.0, 60 + (random.NextDouble() * 35)))];
        LabelledStaircase staircase = new(labels, (0, 10), AccuracyScale.Fixed);
        double from = random.Next(0, 20) / 2.0;
        double to = from + (random.Next(0, 10) / 2.0);
        double accuracy = 60 + (random.NextDouble() * 38);
        double live = labels.Max(label => label.Item2) - 10;

        // Steps are at multiples of half a millisecond, so the middle of each half stands for it.
        double expected = 0;
        for (double at = from + 0.25; at < to; at += 0.5)
        {
            double level = double.IsNegativeInfinity(staircase.Level(at)) ? 0 : AccuracyScale.Fixed.ToAccuracy(staircase.Level(at));
            expected += 0.5 * ((Math.Max(0, accuracy - level) / 100) + (Math.Max(0, accuracy - Math.Max(level, live)) / 10)) / 2 / 10;
        }

        staircase.Gain(from, to, AccuracyScale.Fixed.ToTarget(accuracy)).ShouldBe(expected, 1e-9);
    }
}
