using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Reports;

public class FrontKneeTests
{
    [Fact]
    public void The_knee_gains_most_of_the_accuracy_for_little_of_the_latency()
        => FrontKnee.Of([Point(1, 1, 80), Point(2, 2, 92), Point(3, 10, 94)])!.Index.ShouldBe(2);

    [Fact]
    public void A_front_of_two_points_has_none() => FrontKnee.Of([Point(1, 1, 80), Point(2, 2, 92)]).ShouldBeNull();

    private static FrontPoint Point(int index, double latencyMs, double accuracy)
        => StoreSamples.Point(index) with { LatencyMs = latencyMs, Accuracy = accuracy };
}
