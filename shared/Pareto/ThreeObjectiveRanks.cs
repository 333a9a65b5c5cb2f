using System.Buffers;
using System.Numerics;

namespace PelNas.Shared.Pareto;

/// <summary>
/// Ranks of points in three objectives by divide and conquer (Jensen 2003): of the points in lexicographic order the first half is
/// ranked, then what it dominates in the second half is raised above it, then the second half is ranked within itself.
/// </summary>
/// <remarks>
/// The first objective is settled by the order, so that the halves meet in a sweep along the second with a table of the third by rank.
/// That is O(n log^2 n), but for the filling of the table: a point may lower an entry for each rank. It is done by vectors.
/// </remarks>
internal sealed class ThreeObjectiveRanks
{
    // So few points are compared each with each, by vectors, sooner than they are divided.
    private const int Few = 128;

    private readonly int[] _second;
    private readonly int[] _third;
    private readonly int[] _ranks;

    /// <summary>Least third objective among the points of a first half of at least a rank: it ascends with the rank.</summary>
    private readonly int[] _least;

    private ThreeObjectiveRanks(int count)
    {
        // Vectors reach beyond the last point.
        int padded = count + Vector<int>.Count;
        _second = new int[padded];
        _third = new int[padded];
        _ranks = new int[padded];
        _least = new int[count + 1];
    }

    /// <summary>Writes the rank of each point.</summary>
    /// <param name="points">n points of three objectives, point after point.</param>
    /// <param name="order">Their lexicographic order.</param>
    /// <param name="ranks">Gets the n ranks.</param>
    public static void Fill(ReadOnlySpan<double> points, ReadOnlySpan<int> order, Span<int> ranks)
    {
        // Copies share a rank: each distinct point is ranked once.
        int[] distinct = new int[order.Length];
        double[] second = ArrayPool<double>.Shared.Rent(order.Length);
        double[] third = ArrayPool<double>.Shared.Rent(order.Length);
        int count = 0;
        double x = double.NaN;
        for (int step = 0; step < order.Length; step++)
        {
            ReadOnlySpan<double> point = points.Slice(order[step] * 3, 3);
            if (point[0] != x || point[1] != second[count - 1] || point[2] != third[count - 1])
            {
                x = point[0];
                second[count] = point[1];
                third[count] = point[2];
                count++;
            }

            distinct[step] = count - 1;
        }

        ThreeObjectiveRanks sort = new(count);
        int[] bySecond = LexicographicOrder.PlacesOf(second.AsSpan(0, count), sort._second);
        LexicographicOrder.PlacesOf(third.AsSpan(0, count), sort._third);
        ArrayPool<double>.Shared.Return(second);
        ArrayPool<double>.Shared.Return(third);
        // Each division takes the length of what it divides, and rounds up.
        int[] scratch = ArrayPool<int>.Shared.Rent((2 * count) + BitOperations.Log2((uint)count + 1) + 1);
        sort.Rank(0, bySecond, scratch);
        ArrayPool<int>.Shared.Return(scratch);
        for (int step = 0; step < order.Length; step++)
        {
            ranks[order[step]] = sort._ranks[distinct[step]];
        }
    }

    /// <summary>Ranks the points from <paramref name="start"/> on, given in order of the second objective, ties by place.</summary>
    private void Rank(int start, ReadOnlySpan<int> bySecond, Span<int> scratch)
    {
        if (bySecond.Length <= Few)
        {
            CompareAll(start, start + bySecond.Length);
            return;
        }

        int half = (bySecond.Length + 1) / 2;
        int middle = start + half;
        Span<int> halves = scratch[..bySecond.Length];
        int left = 0;
        int right = half;
        foreach (int point in bySecond)
        {
            // Without a branch, which would be mispredicted every other time.
            int isRight = (middle - 1 - point) >> 31;
            halves[left + ((right - left) & isRight)] = point;
            left += 1 + isRight;
            right -= isRight;
        }

        Rank(start, halves[..half], scratch[bySecond.Length..]);
        Raise(start, middle, bySecond);
        Rank(middle, halves[half..], scratch[bySecond.Length..]);
    }

    private void Raise(int start, int middle, ReadOnlySpan<int> bySecond)
    {
        int lowest = int.MaxValue;
        int highest = 0;
        foreach (int rank in _ranks.AsSpan(start, middle - start))
        {
            lowest = Math.Min(lowest, rank);
            highest = Math.Max(highest, rank);
        }

        Span<int> least = _least.AsSpan(0, highest + 1);
        least[lowest..].Fill(int.MaxValue);
        foreach (int point in bySecond)
        {
            int rank = _ranks[point];
            int third = _third[point];
            if (point < middle)
            {
                if (least[rank] > third)
                {
                    Span<int> below = least[lowest..(rank + 1)];
                    below[Ascending.CountUpTo(below, third)..].Fill(third);
                }
            }
            else
            {
                rank = Math.Max(rank, lowest);
                if (rank <= highest && least[rank] <= third)
                {
                    _ranks[point] = rank + Ascending.CountUpTo(least[rank..], third);
                }
            }
        }
    }

    private void CompareAll(int start, int end)
    {
        for (int point = start; point < end - 1; point++)
        {
            Vector<int> second = new(_second[point]);
            Vector<int> third = new(_third[point]);
            Vector<int> raised = new(_ranks[point] + 1);
            for (int other = point + 1; other < end; other += Vector<int>.Count)
            {
                // The last vector may raise points beyond the end: rightly so, since they come later in the order too.
                Vector<int> dominated = Vector.LessThanOrEqual(second, new Vector<int>(_second, other))
                    & Vector.LessThanOrEqual(third, new Vector<int>(_third, other));
                Vector.Max(new Vector<int>(_ranks, other), raised & dominated).CopyTo(_ranks, other);
            }
        }
    }
}
