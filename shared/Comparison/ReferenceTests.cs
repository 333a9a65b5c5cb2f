using PelNas.Shared.Comparison.Statistics;

namespace PelNas.Shared.Comparison;

/// <summary>The tests of all strategies against the reference by one measure, which Holm's correction looks at together.</summary>
internal sealed class ReferenceTests
{
    private readonly Dictionary<string, ReferenceTest> _tests = [];

    private ReferenceTests()
    {
    }

    /// <summary>Tests every strategy but the reference.</summary>
    public static ReferenceTests Of(RunTable table, string reference, Metric metric)
    {
        string[] others = [.. table.Strategies.Where(strategy => strategy != reference)];
        double[] pValues = [.. others.Select(other => WilcoxonSignedRank.Test(table.Differences(reference, other, metric)).PValue)];
        double[] corrected = HolmCorrection.Adjust(pValues);
        ReferenceTests tests = new();
        for (int place = 0; place < others.Length; place++)
        {
            tests._tests[others[place]] = new ReferenceTest(
                table.Differences(reference, others[place], metric).Average(), pValues[place], corrected[place]);
        }

        return tests;
    }

    /// <summary>The test of a strategy; null for the reference.</summary>
    public ReferenceTest? Find(string strategy) => _tests.GetValueOrDefault(strategy);
}

/// <summary>One strategy against the reference.</summary>
/// <param name="Lead">Reference less the strategy, mean over all pairs of runs.</param>
/// <param name="PValue">Wilcoxon's signed-rank test.</param>
/// <param name="HolmPValue">The same with Holm's correction.</param>
internal sealed record ReferenceTest(double Lead, double PValue, double HolmPValue);
