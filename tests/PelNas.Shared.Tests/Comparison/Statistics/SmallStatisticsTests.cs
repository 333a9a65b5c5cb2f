namespace PelNas.Shared.Tests.Comparison.Statistics;

public sealed class SmallStatisticsTests
{
    /// <summary>As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").</summary>
    [Fact]
    public void Holm_steps_down()
    {
        double[] adjusted = HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]);
        adjusted.Zip([0.03, 0.06, 0.06, 0.02]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    [Fact]
    public void Holm_never_exceeds_1_and_leaves_a_single_test_alone()
    {
        HolmCorrection.Adjust([0.9, 0.8]).ShouldBe([1, 1]);
        HolmCorrection.Adjust([0.2]).ShouldBe([0.2]);
        HolmCorrection.Adjust([]).ShouldBeEmpty();
    }

    [Fact]
    public void Moments_of_a_sample()
    {
        SampleMoments moments = SampleMoments.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        moments.Mean.ShouldBe(5);
        moments.Deviation.ShouldBe(Math.Sqrt(32.0 / 7), 1e-12);

        // 0.975 quantile of Student's t with 7 degrees of freedom: 2.364624.
        moments.HalfWidth95.ShouldBe(2.364624 * Math.Sqrt(32.0 / 7 / 8), 1e-6);
        SampleMoments.Of([3]).ShouldBe(new SampleMoments(3, 0, 1));
        SampleMoments.Of([3]).HalfWidth95.ShouldBe(0);
    }

    /// <summary>Three pairs agree, one disagrees, one is tied in each column.</summary>
    [Fact]
    public void Kendalls_tau_counts_pairs_and_allows_for_ties()
    {
        RankAgreement.Kendall([1, 2, 3, 4], [1, 2, 3, 4])!.Value.ShouldBe(1);
        RankAgreement.Kendall([1, 2, 3], [3, 2, 1])!.Value.ShouldBe(-1);
        RankAgreement.Kendall([1, 2, 2, 3], [1, 3, 2, 2])!.Value.ShouldBe(2.0 / 5, 1e-12);
        RankAgreement.Kendall([1, 1, 1], [1, 2, 3]).ShouldBeNull();
    }
}
