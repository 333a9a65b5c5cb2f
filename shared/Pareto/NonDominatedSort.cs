namespace PelNas.Shared.Pareto;

/// <summary>Non-dominated sorting for any number of objectives, all minimised (Deb et al. 2002).</summary>
/// <remarks>
/// Equal points do not dominate each other, so all copies of a point are in the same front. Points are taken in lexicographic order, in
/// which none dominates one before it, and the front of each is found by binary search (ENS-BS of Zhang et al. 2015): O(n log n) with two
/// objectives, at worst O(d n^2) with d.
/// </remarks>
public static class NonDominatedSort
{
    /// <summary>The indices of the points front by front, each front in lexicographic order of its points, equal points by index.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[][] Fronts(IReadOnlyList<double[]> points)
    {
        ParetoDominance.CheckDimension(points);
        List<List<int>> fronts = [];
        foreach (int index in LexicographicOrder(points))
        {
            int low = 0;
            int high = fronts.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (IsDominated(points, index, fronts[middle]))
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
        ParetoDominance.CheckDimension(points);
        List<int> front = [];
        foreach (int index in LexicographicOrder(points))
        {
            if (!IsDominated(points, index, front))
            {
                front.Add(index);
            }
        }

        return [.. front];
    }

    /// <summary>Order by the first objective, then the second and so on, then by index. Zeros are equal whatever their sign.</summary>
    private static int[] LexicographicOrder(IReadOnlyList<double[]> points)
    {
        int[] order = [.. Enumerable.Range(0, points.Count)];
        Array.Sort(order, (left, right) =>
        {
            int compared = points[left].AsSpan().SequenceCompareTo(points[right]);
            return compared != 0 ? compared : left.CompareTo(right);
        });
        return order;
    }

    /// <summary>Whether a member dominates a point that stands behind all of them in lexicographic order.</summary>
    private static bool IsDominated(IReadOnlyList<double[]> points, int index, List<int> front)
    {
        double[] point = points[index];

        // With two objectives the second falls along a front, so that the last member stands for all.
        int last = point.Length <= 2 ? Math.Max(front.Count - 1, 0) : 0;
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
