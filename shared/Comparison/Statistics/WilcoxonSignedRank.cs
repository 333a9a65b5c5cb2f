using MathNet.Numerics.Statistics;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace PelNas.Shared.Comparison.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test for paired samples (Wilcoxon 1945), two-sided. Pairs without a difference are left out, as Wilcoxon
/// did; tied differences share their mean rank.
/// </summary>
/// <remarks>
/// Written here because MathNet.Numerics has no such test. Up to 50 differences without ties the distribution is exact (counted);
/// otherwise it is the normal one with correction for ties and for continuity, as in R and SciPy.
/// </remarks>
public static class WilcoxonSignedRank
{
    private const int MostExact = 50;

    // A double has three or four more; the last ones of a difference are rounding and would tell ties apart.
    private const int Digits = 12;

    /// <summary>Sum of the ranks of positive differences, and the probability of one as extreme when there is no difference.</summary>
    /// <param name="differences">Differences of the pairs. Those that agree in 12 digits, by the size of the largest, are ties.</param>
    /// <exception cref="ArgumentException">A difference is not finite.</exception>
    public static (double Statistic, double PValue) Test(IEnumerable<double> differences)
    {
        double[] all = [.. differences];
        if (!Array.TrueForAll(all, double.IsFinite))
        {
            throw new ArgumentException("Every difference has to be a finite number.", nameof(differences));
        }

        double[] nonZero = [.. Round(all).Where(difference => difference != 0)];
        int n = nonZero.Length;
        if (n == 0)
        {
            return (0, 1);
        }

        double[] sizes = [.. nonZero.Select(Math.Abs)];
        double[] ranks = sizes.Ranks(RankDefinition.Average);
        double positive = nonZero.Zip(ranks, (difference, rank) => difference > 0 ? rank : 0).Sum();
        int[] ties = [.. sizes.GroupBy(size => size).Select(group => group.Count()).Where(count => count > 1)];
        return (positive, n <= MostExact && ties.Length == 0 ? Exact(n, (int)positive) : Approximate(n, positive, ties));
    }

    /// <summary>
    /// Rounds to multiples of one unit, since subtraction leaves errors by the size of what was subtracted: 4/13 - 3/13 and
    /// 9/13 - 8/13 differ in the last digits, and a difference of such an error alone is none.
    /// </summary>
    private static IEnumerable<double> Round(double[] differences)
    {
        double largest = differences.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double unit = largest > 0 ? Math.Pow(10, Math.Ceiling(Math.Log10(largest)) - Digits) : 1;
        return differences.Select(difference => Math.Round(difference / unit));
    }

    private static double Exact(int n, int statistic)
    {
        int most = n * (n + 1) / 2;
        int extreme = Math.Min(statistic, most - statistic);

        // ways[s]: subsets of the ranks so far with sum s. 2^50 and all counts below it are exact in a double.
        double[] ways = new double[most + 1];
        ways[0] = 1;
        for (int rank = 1; rank <= n; rank++)
        {
            for (int sum = most; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return Math.Min(1, 2 * ways.Take(extreme + 1).Sum() / Math.Pow(2, n));
    }

    private static double Approximate(int n, double statistic, int[] ties)
    {
        double mean = n * (n + 1) / 4.0;
        double variance = (n * (n + 1.0) * ((2 * n) + 1) / 24) - (ties.Sum(count => (Math.Pow(count, 3) - count) / 48));
        double distance = Math.Max(Math.Abs(statistic - mean) - 0.5, 0);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -distance / Math.Sqrt(variance)));
    }
}
