using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Predictor;

/// <summary>
/// Normal scores (Blom 1958): the quantile of the standard normal distribution at each value's rank. They make one scale of any, by the
/// order alone, and leave room at the top, where fronts are decided.
/// </summary>
internal static class NormalScores
{
    /// <summary>The score of each value; equal values share the score of their mean rank.</summary>
    public static double[] Of(double[] values)
    {
        double[] ranks = values.Ranks(RankDefinition.Average);
        return Array.ConvertAll(ranks, rank => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (rank - 0.375) / (values.Length + 0.25)));
    }
}
