namespace PelNas.Shared.Pareto;

/// <summary>Order by the first objective, then the second and so on, then by index. No point dominates one that stands before it.</summary>
internal static class LexicographicOrder
{
    public static int[] Of(IReadOnlyList<double[]> points)
    {
        int[] order = new int[points.Count];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        Array.Sort(order, (left, right) =>
        {
            int compared = points[left].AsSpan().SequenceCompareTo(points[right]);
            return compared != 0 ? compared : left.CompareTo(right);
        });
        return order;
    }
}
