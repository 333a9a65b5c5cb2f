namespace PelNas.Shared.Comparison.Statistics;

/// <summary>Ranks from 1 for the least value; equal values share the mean of their ranks.</summary>
internal static class MeanRanks
{
    public static double[] Of(IReadOnlyList<double> values)
    {
        double[] ranks = new double[values.Count];
        int below = 0;
        foreach (IGrouping<double, int> equal in Enumerable.Range(0, values.Count).GroupBy(place => values[place])
            .OrderBy(group => group.Key))
        {
            int count = equal.Count();
            foreach (int place in equal)
            {
                ranks[place] = below + ((count + 1) / 2.0);
            }

            below += count;
        }

        return ranks;
    }
}
