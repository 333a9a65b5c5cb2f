using FsCheck.Xunit;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Tests.Scoring.Accuracy;

public class AccuracyScaleTests
{
    [Property]
    public void Percent_goes_to_the_scale_and_back(ushort raw)
    {
        double accuracy = raw / 655.36;

        AccuracyScale.ToAccuracy(AccuracyScale.ToTarget(accuracy)).ShouldBe(accuracy, 1e-9);
    }

    [Fact]
    public void The_scale_keeps_the_order() => AccuracyScale.ToTarget(94).ShouldBeGreaterThan(AccuracyScale.ToTarget(93.9));

    [Fact]
    public void Small_deviations_match_the_slope()
    {
        double target = AccuracyScale.ToTarget(90);

        AccuracyScale.ToPoints(target, 0.001).ShouldBe(AccuracyScale.ToAccuracy(target + 0.001) - 90, 1e-4);
        AccuracyScale.FromPoints(90, AccuracyScale.ToPoints(target, 0.02)).ShouldBe(0.02, 1e-12);
    }

    [Fact]
    public void Predictions_beyond_the_scale_stay_percentages()
    {
        AccuracyScale.ToAccuracy(50).ShouldBe(100);
        AccuracyScale.ToAccuracy(-50).ShouldBe(0);
    }
}
