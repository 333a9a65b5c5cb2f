namespace PelNas.Shared.Pareto;

/// <summary>Sorts 64-bit items, a key in the upper half and a payload in the lower one, with no comparer in the way.</summary>
internal static class RadixSort
{
    private const int KeyShift = 32;
    private const int BitsPerDigit = 8;
    private const int Digits = 4;
    private const int Radix = 1 << BitsPerDigit;

    // Fewer items are sorted by comparison sooner than their digits are counted.
    private const int FewItems = 256;

    /// <summary>Sorts by key; equal keys, whose payloads must ascend, keep their order.</summary>
    /// <param name="scratch">As long as the items.</param>
    public static void Sort(Span<ulong> items, Span<ulong> scratch)
    {
        if (items.Length < FewItems)
        {
            items.Sort();
            return;
        }

        Span<int> counts = stackalloc int[Digits * Radix];
        counts.Clear();
        foreach (ulong item in items)
        {
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Radix) + DigitOf(item, digit)]++;
            }
        }

        Span<ulong> source = items;
        Span<ulong> target = scratch;
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> places = counts.Slice(digit * Radix, Radix);
            if (places[DigitOf(source[0], digit)] == source.Length)
            {
                continue;
            }

            Distribute(source, target, digit, places);
            Span<ulong> sorted = target;
            target = source;
            source = sorted;
        }

        if (source != items)
        {
            source.CopyTo(items);
        }
    }

    private static void Distribute(ReadOnlySpan<ulong> source, Span<ulong> target, int digit, Span<int> places)
    {
        int place = 0;
        foreach (ref int count in places)
        {
            (count, place) = (place, place + count);
        }

        foreach (ulong item in source)
        {
            target[places[DigitOf(item, digit)]++] = item;
        }
    }

    private static int DigitOf(ulong item, int digit) => (byte)(item >> (KeyShift + (digit * BitsPerDigit)));
}
