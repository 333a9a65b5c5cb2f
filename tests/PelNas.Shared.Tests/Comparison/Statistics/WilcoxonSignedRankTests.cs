namespace PelNas.Shared.Tests.Comparison.Statistics;

public sealed class WilcoxonSignedRankTests
{
    /// <summary>
    /// Hollander and Wolfe 1973, p. 29: depression scale factors, the example of R's wilcox.test (V = 40, one-sided p = 0.01953).
    /// </summary>
    [Fact]
    public void Depression_scale_factors()
    {
        double[] first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        (double statistic, double pValue) = WilcoxonSignedRank.Test(first.Zip(second, (x, y) => x - y));
        statistic.ShouldBe(40);
        pValue.ShouldBe(0.0390625, 1e-12);
    }

    /// <summary>Darwin's maize, the example of scipy.stats.wilcoxon (W = 24, p = 0.041259765625).</summary>
    [Fact]
    public void Heights_of_cross_and_self_fertilised_maize()
    {
        (double statistic, double pValue) = WilcoxonSignedRank.Test([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]);
        (120 - statistic).ShouldBe(24);
        pValue.ShouldBe(0.041259765625, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void The_exact_probability_is_that_of_all_signs(int n)
    {
        double[] sizes = [.. Enumerable.Range(1, n).Select(i => i * 1.5)];
        for (int signs = 0; signs < 1 << n; signs += Math.Max(1, (1 << n) / 37))
        {
            (double statistic, double pValue) = WilcoxonSignedRank.Test(sizes.Select((size, i) => (signs >> i & 1) == 1 ? size : -size));
            double mean = n * (n + 1) / 4.0;
            int extreme = Enumerable.Range(0, 1 << n).Count(other =>
                Math.Abs(Enumerable.Range(0, n).Sum(i => (other >> i & 1) * (i + 1)) - mean) >= Math.Abs(statistic - mean));
            pValue.ShouldBe(extreme / (double)(1 << n), 1e-12);
        }
    }

    [Fact]
    public void Beyond_50_differences_the_normal_distribution_is_close_to_the_exact_one()
    {
        double[] differences = [.. Enumerable.Range(1, 50).Select(i => i % 3 == 0 ? -i - 0.5 : i)];
        double exact = WilcoxonSignedRank.Test(differences).PValue;

        // One zero pair changes nothing but a tie makes the test take the other way.
        double tied = WilcoxonSignedRank.Test([.. differences[..^1], differences[^2] > 0 ? differences[^2] : -differences[^2], 0]).PValue;
        tied.ShouldBe(exact, 0.01);
        exact.ShouldBeInRange(1e-6, 0.05);
    }

    /// <summary>Ranks 1.5, 1.5, 3.5, 3.5, 5 with one tie negative: W = 13.5, mean 7.5, variance 13.75 - 0.25, continuity 0.5.</summary>
    [Fact]
    public void Ties_share_their_rank_and_narrow_the_variance()
    {
        (double statistic, double pValue) = WilcoxonSignedRank.Test([-1, 1, 2, 2, 3]);
        statistic.ShouldBe(13.5);
        double z = 5.5 / Math.Sqrt(13.5);
        pValue.ShouldBe(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -z), 1e-12);
    }

    [Fact]
    public void Pairs_without_a_difference_are_left_out()
    {
        WilcoxonSignedRank.Test([0, 0, 0]).ShouldBe((0, 1));
        WilcoxonSignedRank.Test([0, 1, 2, 0, 3, 4]).PValue.ShouldBe(WilcoxonSignedRank.Test([1, 2, 3, 4]).PValue);
    }

    /// <summary>Hit rates on a front of 13 points: as thirteenths the differences tie, or vanish, only up to rounding.</summary>
    [Fact]
    public void Ties_are_ties_whatever_rounding_leaves_of_them()
    {
        (int First, int Second)[] pairs = [(4, 3), (9, 8), (12, 11), (2, 4), (7, 9), (11, 8), (6, 3), (13, 9), (5, 5), (10, 3)];
        (double statistic, double pValue) = WilcoxonSignedRank.Test(pairs.Select(pair => (pair.First / 13.0) - (pair.Second / 13.0)));
        (statistic, pValue).ShouldBe(WilcoxonSignedRank.Test(pairs.Select(pair => (double)(pair.First - pair.Second))));

        // A constant shift adds rounding and no difference.
        WilcoxonSignedRank.Test(pairs.Select(pair => (0.1 + 0.2 - 0.3) * pair.First).Append(1)).ShouldBe(WilcoxonSignedRank.Test([1]));
    }

    [Fact]
    public void The_sign_does_not_matter_to_the_probability()
        => WilcoxonSignedRank.Test([1, -2, 3.5, 4]).PValue.ShouldBe(WilcoxonSignedRank.Test([-1, 2, -3.5, -4]).PValue);

    [Fact]
    public void What_is_no_number_is_refused() => Should.Throw<ArgumentException>(() => WilcoxonSignedRank.Test([1, double.NaN]));
}
