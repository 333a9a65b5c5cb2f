namespace PelNas.Shared.Tests.Predictor;

public class AccuracyScaleTests
{
    private static readonly AccuracyScale Scale = new(98);

    [Property]
    public void Percent_goes_to_the_scale_and_back(ushort raw)
    {
        double accuracy = raw / 655.36;

        AccuracyScale.Fixed.ToAccuracy(AccuracyScale.Fixed.ToTarget(accuracy)).ShouldBe(accuracy, 1e-9);
    }

    [Fact]
    public void The_scale_keeps_the_order() => Scale.ToTarget(94).ShouldBeGreaterThan(Scale.ToTarget(93.9));

    [Fact]
    public void A_lower_ceiling_spreads_the_top_more()
    {
        AccuracyScale low = new(50);

        ((low.ToTarget(47) - low.ToTarget(46)) / (low.ToTarget(31) - low.ToTarget(30)))
            .ShouldBe(Math.Log(4 / 3.0) / Math.Log(20 / 19.0), 1e-9);
        ((AccuracyScale.Fixed.ToTarget(47) - AccuracyScale.Fixed.ToTarget(46)) / (AccuracyScale.Fixed.ToTarget(31)
            - AccuracyScale.Fixed.ToTarget(30))).ShouldBe(1.3, 0.05);
    }

    [Fact]
    public void Small_deviations_match_the_slope()
    {
        double target = Scale.ToTarget(90);

        AccuracyScale.ToPoints(target, 0.001).ShouldBe(Scale.ToAccuracy(target + 0.001) - 90, 1e-4);
        Scale.FromPoints(90, AccuracyScale.ToPoints(target, 0.02)).ShouldBe(0.02, 1e-12);
    }

    [Fact]
    public void Predictions_beyond_the_scale_stay_percentages()
    {
        AccuracyScale.Fixed.ToAccuracy(50).ShouldBe(100);
        AccuracyScale.Fixed.ToAccuracy(-50).ShouldBe(0);
    }

    [Fact]
    public void A_label_above_the_ceiling_is_at_the_top_of_the_scale() => Scale.ToTarget(99.5).ShouldBe(-Math.Log(0.1), 1e-12);

    [Fact]
    public void Hyperparameters_choose_the_ceiling()
    {
        KernelParameters parameters = new(1, 4, 0.2, 0.3, 1.5, 0.1, 0.05, 0.02);

        AccuracyScale.Of(parameters with { Headroom = 6 }, 47).Ceiling.ShouldBe(53);
        AccuracyScale.Of(parameters, 47).ShouldBeSameAs(AccuracyScale.Fixed);
    }
}
