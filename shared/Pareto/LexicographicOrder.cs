using System.Buffers;

namespace PelNas.Shared.Pareto;

/// <summary>Order by the first objective, then the second and so on, then by index. No point dominates one that stands before it.</summary>
/// <remarks>
/// The bits of a number, a little rearranged, sort as the number does. They are taken in halves, so that half a number and the index
/// of its point are one item to sort; the lower half is looked at where the upper ones are equal, the next objective where both are.
/// </remarks>
internal readonly ref struct LexicographicOrder
{
    private const int BitsPerHalf = 32;

    private readonly ReadOnlySpan<double> _points;
    private readonly int _dimension;
    private readonly Span<int> _order;
    private readonly Span<ulong> _items;
    private readonly Span<ulong> _scratch;

    private LexicographicOrder(ReadOnlySpan<double> points, int dimension, Span<int> order, Span<ulong> items, Span<ulong> scratch)
    {
        _points = points;
        _dimension = dimension;
        _order = order;
        _items = items;
        _scratch = scratch;
    }

    /// <summary>The indices of the points in order.</summary>
    /// <param name="points">n points of d numbers each, point after point. Zeros are equal whatever their sign.</param>
    /// <param name="dimension">d.</param>
    public static int[] Of(ReadOnlySpan<double> points, int dimension)
    {
        int[] order = new int[points.Length / dimension];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        ulong[] items = ArrayPool<ulong>.Shared.Rent(order.Length);
        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(order.Length);
        new LexicographicOrder(points, dimension, order, items, scratch).Sort(0, order.Length, half: 0);
        ArrayPool<ulong>.Shared.Return(items);
        ArrayPool<ulong>.Shared.Return(scratch);
        return order;
    }

    /// <summary>The place of each number among the distinct ones, the least at 0.</summary>
    /// <param name="values">n numbers.</param>
    /// <param name="places">Gets the n places.</param>
    /// <returns>The indices of the numbers in order.</returns>
    public static int[] PlacesOf(ReadOnlySpan<double> values, Span<int> places)
    {
        int[] order = Of(values, 1);
        int place = 0;
        for (int step = 0; step < order.Length; step++)
        {
            place += step > 0 && values[order[step]] != values[order[step - 1]] ? 1 : 0;
            places[order[step]] = place;
        }

        return order;
    }

    /// <summary>Sorts a part of the order, whose points are equal in all halves before the given one.</summary>
    private void Sort(int start, int length, int half)
    {
        Span<int> order = _order.Slice(start, length);
        Span<ulong> items = _items.Slice(start, length);
        if (!Fill(items, order, half))
        {
            RadixSort.Sort(items, _scratch.Slice(start, length));
            for (int step = 0; step < order.Length; step++)
            {
                order[step] = (int)items[step];
            }
        }

        if (half + 1 == 2 * _dimension)
        {
            return;
        }

        int first = 0;
        for (int step = 1; step <= items.Length; step++)
        {
            if (step == items.Length || items[step] >> BitsPerHalf != items[first] >> BitsPerHalf)
            {
                if (step - first > 1)
                {
                    Sort(start + first, step - first, half + 1);
                }

                first = step;
            }
        }
    }

    /// <summary>Makes the items of the points; true when they are in order, as many equal ones are.</summary>
    private bool Fill(Span<ulong> items, ReadOnlySpan<int> order, int half)
    {
        int objective = half / 2;
        int shift = half % 2 * BitsPerHalf;
        ulong last = 0;
        bool sorted = true;
        for (int step = 0; step < items.Length; step++)
        {
            ulong upper = (Key(_points[(order[step] * _dimension) + objective]) << shift) >> BitsPerHalf;
            ulong item = (upper << BitsPerHalf) | (uint)order[step];
            items[step] = item;
            sorted &= item >= last;
            last = item;
        }

        return sorted;
    }

    private static ulong Key(double value)
    {
        // Adding 0 takes the sign from a zero. Negative numbers have all bits turned, the others the sign.
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }
}
