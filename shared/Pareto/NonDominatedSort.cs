using System.Buffers;

namespace PelNas.Shared.Pareto;

/// <summary>
/// Non-dominated sorting for any number of objectives, all minimised (Deb et al. 2002), of points given as arrays or, faster, in one.
/// </summary>
/// <remarks>
/// Equal points do not dominate each other, so all copies of a point are in the same front. Points are ranked in lexicographic order:
/// with one or two objectives in O(n log n), with three about O(n log^2 n) (both Jensen 2003), with more by finding the front of each
/// by binary search (ENS-BS of Zhang et al. 2015), at worst O(d n^2).
/// </remarks>
public static class NonDominatedSort
{
    /// <summary>The front of each point: 0 for the non-dominated ones, 1 for those non-dominated without them, and so on.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[] Ranks(IReadOnlyList<double[]> points) => Ranks(ParetoDominance.Flatten(points, out int dimension), dimension);

    /// <summary>The front of each point: 0 for the non-dominated ones, 1 for those non-dominated without them, and so on.</summary>
    /// <param name="points">n points of d objectives, point after point.</param>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">d is less than 1, a point lacks objectives, or a number is NaN.</exception>
    public static int[] Ranks(ReadOnlySpan<double> points, int dimension)
    {
        ParetoDominance.Check(points, dimension);
        return Ranks(points, dimension, LexicographicOrder.Of(points, dimension));
    }

    /// <summary>The indices of the points front by front, each front in lexicographic order of its points, equal points by index.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[][] Fronts(IReadOnlyList<double[]> points)
    {
        double[] flat = ParetoDominance.Flatten(points, out int dimension);
        ParetoDominance.Check(flat, dimension);
        int[] order = LexicographicOrder.Of(flat, dimension);
        int[] ranks = Ranks(flat, dimension, order);
        return [.. order.GroupBy(index => ranks[index]).OrderBy(front => front.Key).Select(front => front.ToArray())];
    }

    /// <summary>The indices of the non-dominated points, in lexicographic order of the points, equal points by index.</summary>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN.</exception>
    public static int[] FirstFront(IReadOnlyList<double[]> points) =>
        FirstFront(ParetoDominance.Flatten(points, out int dimension), dimension);

    /// <summary>The indices of the non-dominated points, in lexicographic order of the points, equal points by index.</summary>
    /// <param name="points">n points of d objectives, point after point.</param>
    /// <param name="dimension">d.</param>
    /// <exception cref="ArgumentException">d is less than 1, a point lacks objectives, or a number is NaN.</exception>
    public static int[] FirstFront(ReadOnlySpan<double> points, int dimension)
    {
        ParetoDominance.Check(points, dimension);
        List<int> front = [];
        foreach (int index in LexicographicOrder.Of(points, dimension))
        {
            if (!IsDominated(points, dimension, index, front))
            {
                front.Add(index);
            }
        }

        return [.. front];
    }

    private static int[] Ranks(ReadOnlySpan<double> points, int dimension, int[] order)
    {
        int[] ranks = new int[order.Length];
        switch (dimension)
        {
            case 1:
                LexicographicOrder.PlacesOf(points, ranks);
                break;
            case 2:
                RankTwoObjectives(points, order, ranks);
                break;
            case 3:
                ThreeObjectiveRanks.Fill(points, order, ranks);
                break;
            default:
                RankByComparison(points, dimension, order, ranks);
                break;
        }

        return ranks;
    }

    /// <summary>The second objective falls along a front and, at its last point so far, rises from front to front.</summary>
    private static void RankTwoObjectives(ReadOnlySpan<double> points, int[] order, int[] ranks)
    {
        double[] last = ArrayPool<double>.Shared.Rent(order.Length);
        int fronts = 0;
        int rank = 0;
        (double X, double Y) previous = (double.NaN, double.NaN);
        foreach (int index in order)
        {
            (double x, double y) = (points[2 * index], points[(2 * index) + 1]);
            if (x != previous.X || y != previous.Y)
            {
                rank = fronts > 0 && last[fronts - 1] <= y ? fronts : Ascending.CountUpTo<double>(last.AsSpan(0, fronts), y);
                last[rank] = y;
                fronts = Math.Max(fronts, rank + 1);
                previous = (x, y);
            }

            ranks[index] = rank;
        }

        ArrayPool<double>.Shared.Return(last);
    }

    private static void RankByComparison(ReadOnlySpan<double> points, int dimension, int[] order, int[] ranks)
    {
        List<List<int>> fronts = [];
        foreach (int index in order)
        {
            int low = 0;
            int high = fronts.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (IsDominated(points, dimension, index, fronts[middle]))
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
            ranks[index] = low;
        }
    }

    /// <summary>Whether a member dominates a point that stands behind all of them in lexicographic order.</summary>
    private static bool IsDominated(ReadOnlySpan<double> points, int dimension, int index, List<int> front)
    {
        ReadOnlySpan<double> point = points.Slice(index * dimension, dimension);
        // With two objectives the second falls along a front, so that the last member stands for all.
        int last = dimension <= 2 ? Math.Max(front.Count - 1, 0) : 0;
        for (int member = front.Count - 1; member >= last; member--)
        {
            if (ParetoDominance.Dominates(points.Slice(front[member] * dimension, dimension), point))
            {
                return true;
            }
        }

        return false;
    }
}
