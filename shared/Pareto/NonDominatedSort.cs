namespace PelNas.Shared.Pareto;

/// <summary>
/// Non-dominated sorting for any number of objectives, all minimised (Deb et al. 2002, in the form ENS-BS of Zhang et al. 2015:
/// points are placed in lexicographic order, the front of each found by binary search).
/// </summary>
/// <remarks>
/// Equal points do not dominate each other, so all copies of a point are in the same front. With one or two objectives the cost is
/// O(n log n), with more at worst O(d n^2).
/// </remarks>
public static class NonDominatedSort
{
    /// <summary>The front of each point: 0 for the non-dominated ones, 1 for those non-dominated without them, and so on.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[] Ranks(IReadOnlyList<double[]> points)
    {
        int[] ranks = new int[points?.Count ?? 0];
        int[][] fronts = Fronts(points!);
        for (int rank = 0; rank < fronts.Length; rank++)
        {
            foreach (int index in fronts[rank])
            {
                ranks[index] = rank;
            }
        }

        return ranks;
    }

    /// <summary>The indices of the points front by front, each front in lexicographic order of its points, equal points by index.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[][] Fronts(IReadOnlyList<double[]> points)
    {
        int dimension = ParetoDominance.CheckDimension(points);
        List<List<int>> fronts = [];
        foreach (int index in LexicographicOrder.Of(points))
        {
            int low = 0;
            int high = fronts.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (IsDominated(points, points[index], fronts[middle], dimension))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            if (low == fronts.Count)
            {
                fronts.Add([]);
            }

            fronts[low].Add(index);
        }

        return [.. fronts.Select(front => front.ToArray())];
    }

    /// <summary>The indices of the non-dominated points, in lexicographic order of the points, equal points by index.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[] FirstFront(IReadOnlyList<double[]> points)
    {
        int dimension = ParetoDominance.CheckDimension(points);
        List<int> front = [];
        foreach (int index in LexicographicOrder.Of(points))
        {
            if (!IsDominated(points, points[index], front, dimension))
            {
                front.Add(index);
            }
        }

        return [.. front];
    }

    /// <summary>Whether a member dominates a point that stands behind all of them in lexicographic order.</summary>
    private static bool IsDominated(IReadOnlyList<double[]> points, double[] point, List<int> front, int dimension)
    {
        // With two objectives the second falls along a front, so that the last member stands for all.
        int last = dimension <= 2 ? Math.Max(front.Count - 1, 0) : 0;
        for (int member = front.Count - 1; member >= last; member--)
        {
            if (ParetoDominance.Dominates(points[front[member]], point))
            {
                return true;
            }
        }

        return false;
    }
}
