using PelNas.Shared.Comparison.Statistics;

namespace PelNas.Shared.Comparison;

/// <summary>One strategy against the reference, by one measure.</summary>
/// <param name="Lead">Reference less the strategy, mean over all pairs of runs.</param>
/// <param name="PValue">Wilcoxon's signed-rank test.</param>
/// <param name="HolmPValue">The same with Holm's correction over all strategies but the reference.</param>
internal sealed record ReferenceTest(double Lead, double PValue, double HolmPValue)
{
    /// <summary>The tests of all strategies but the reference, by name.</summary>
    public static Dictionary<string, ReferenceTest> Of(RunTable table, string reference, Metric metric)
    {
        string[] others = [.. table.Strategies.Where(strategy => strategy != reference)];
        double[][] differences = Array.ConvertAll(others, other => table.Differences(reference, other, metric).ToArray());
        double[] pValues = Array.ConvertAll(differences, pairs => WilcoxonSignedRank.Test(pairs).PValue);
        double[] corrected = HolmCorrection.Adjust(pValues);
        return others.Index().ToDictionary(
            other => other.Item,
            other => new ReferenceTest(differences[other.Index].Average(), pValues[other.Index], corrected[other.Index]));
    }
}
