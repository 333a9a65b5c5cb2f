using PelNas.Shared.Scoring.ZeroCost;

namespace PelNas.Shared.Tests.Scoring.ZeroCost;

public sealed class ProxyFeaturesTests
{
    private static readonly Dictionary<int, double?[]> Scores = new()
    {
        [1] = [10, 7],
        [2] = [14, 7],
        [3] = [null, 7],
        [9] = [16, 9],
    };

    [Fact]
    public void Features_are_standardised_over_the_labelled_and_no_score_is_the_lowest_of_theirs()
    {
        // The labelled have 10, 14 and, in the place of none, 10: mean 34 / 3, variance 32 / 9.
        ProxyFeatures features = new(Scores, [3, 1, 2]);
        double deviation = Math.Sqrt(32.0 / 9);
        features[1][0].ShouldBe((10 - (34.0 / 3)) / deviation, 1e-12);
        features[3][0].ShouldBe(features[1][0]);
        features[9][0].ShouldBe((16 - (34.0 / 3)) / deviation, 1e-12);
    }

    [Fact]
    public void A_proxy_that_does_not_vary_among_the_labelled_is_left_as_it_is()
    {
        ProxyFeatures features = new(Scores, [1, 2]);
        features[1][1].ShouldBe(0);
        features[9][1].ShouldBe(2);
    }
}
