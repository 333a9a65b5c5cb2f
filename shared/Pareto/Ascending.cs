using System.Numerics;

namespace PelNas.Shared.Pareto;

/// <summary>Search in ascending numbers.</summary>
internal static class Ascending
{
    private const int Few = 8;

    /// <summary>How many of the numbers are at most the limit: the place of the first one above it.</summary>
    /// <remarks>
    /// A binary search without branches: where the limit falls is as good as random here, and a branch on it would be mispredicted at
    /// every other step. Its steps wait for one another, so that the last few numbers are sooner counted.
    /// </remarks>
    public static int CountUpTo<T>(ReadOnlySpan<T> ascending, T limit)
        where T : IComparisonOperators<T, T, bool>
    {
        int count = 0;
        int length = ascending.Length;
        while (length > Few)
        {
            int half = (length + 1) / 2;
            count += half & -(ascending[count + half - 1] <= limit ? 1 : 0);
            length -= half;
        }

        int more = 0;
        foreach (T number in ascending.Slice(count, length))
        {
            more += number <= limit ? 1 : 0;
        }

        return count + more;
    }
}
