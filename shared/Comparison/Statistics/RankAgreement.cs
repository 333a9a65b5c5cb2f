using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Comparison.Statistics;

/// <summary>Rank correlations of two columns; null where all values of one are alike.</summary>
public static class RankAgreement
{
    /// <summary>Spearman's rho, ties by mean ranks.</summary>
    public static double? Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double value = Correlation.Spearman(first, second);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>Kendall's tau-b (Kendall 1945), which MathNet has not. O(n^2).</summary>
    public static double? Kendall(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        long agreed = 0;
        long untiedFirst = 0;
        long untiedSecond = 0;
        for (int i = 1; i < first.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int one = first[i].CompareTo(first[j]);
                int other = second[i].CompareTo(second[j]);
                agreed += Math.Sign(one) * Math.Sign(other);
                untiedFirst += one == 0 ? 0 : 1;
                untiedSecond += other == 0 ? 0 : 1;
            }
        }

        return untiedFirst == 0 || untiedSecond == 0 ? null : agreed / Math.Sqrt((double)untiedFirst * untiedSecond);
    }
}
