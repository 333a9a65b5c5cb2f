using System.Numerics;

namespace PelNas.Shared.Pareto;

/// <summary>
/// A set of numbers 0..capacity-1 that finds neighbours fast: a tree of 64-way bit words, so that each operation takes a handful of steps.
/// </summary>
internal sealed class RankSet
{
    public const int None = -1;

    private const int BitsPerWord = 6;

    private readonly ulong[][] _levels;

    public RankSet(int capacity)
    {
        List<ulong[]> levels = [];
        do
        {
            capacity = (capacity + 63) >> BitsPerWord;
            levels.Add(new ulong[Math.Max(capacity, 1)]);
        }
        while (capacity > 1);
        _levels = [.. levels];
    }

    public void Add(int rank)
    {
        foreach (ulong[] words in _levels)
        {
            words[rank >> BitsPerWord] |= 1UL << rank;
            rank >>= BitsPerWord;
        }
    }

    public void Remove(int rank)
    {
        foreach (ulong[] words in _levels)
        {
            words[rank >> BitsPerWord] &= ~(1UL << rank);
            rank >>= BitsPerWord;
            if (words[rank] != 0)
            {
                return;
            }
        }
    }

    /// <summary>The greatest member below <paramref name="rank"/>, or <see cref="None"/>.</summary>
    public int Below(int rank)
    {
        for (int level = 0; level < _levels.Length; level++)
        {
            int word = rank >> BitsPerWord;
            ulong lower = _levels[level][word] & ((1UL << rank) - 1);
            if (lower != 0)
            {
                rank = (word << BitsPerWord) + BitOperations.Log2(lower);
                while (--level >= 0)
                {
                    rank = (rank << BitsPerWord) + BitOperations.Log2(_levels[level][rank]);
                }

                return rank;
            }

            rank = word;
        }

        return None;
    }

    /// <summary>The least member above <paramref name="rank"/>, or <see cref="None"/>.</summary>
    public int Above(int rank)
    {
        for (int level = 0; level < _levels.Length; level++)
        {
            int word = rank >> BitsPerWord;
            ulong upper = _levels[level][word] & ~((1UL << rank) | ((1UL << rank) - 1));
            if (upper != 0)
            {
                rank = (word << BitsPerWord) + BitOperations.TrailingZeroCount(upper);
                while (--level >= 0)
                {
                    rank = (rank << BitsPerWord) + BitOperations.TrailingZeroCount(_levels[level][rank]);
                }

                return rank;
            }

            rank = word;
        }

        return None;
    }
}
