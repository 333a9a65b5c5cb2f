namespace PelNas.Shared.Comparison.Statistics;

/// <summary>Holm's step-down correction for several tests (Holm 1979): the chance of any false positive stays within the level.</summary>
public static class HolmCorrection
{
    /// <summary>Adjusted p-values, in the order given; a test is significant at a level when its adjusted value is at most that.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        double[] adjusted = new double[pValues.Count];
        double largest = 0;
        int left = pValues.Count;
        foreach (int test in Enumerable.Range(0, pValues.Count).OrderBy(test => pValues[test]))
        {
            largest = Math.Max(largest, Math.Min(1, left-- * pValues[test]));
            adjusted[test] = largest;
        }

        return adjusted;
    }
}
