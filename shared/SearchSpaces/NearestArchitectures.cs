namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// What stands in a closed space for an architecture that it lacks: those it has that differ in the fewest decisions. Of a random sample of a
/// large space no two are neighbours, and so operators that change one decision would find nothing.
/// </summary>
public static class NearestArchitectures
{
    /// <summary>The nearest allowed architectures, by index; none where none is allowed.</summary>
    /// <param name="space">The space.</param>
    /// <param name="genotype">A genotype, of an architecture or not.</param>
    /// <param name="isAllowed">Which architectures may be returned.</param>
    public static IReadOnlyList<int> AllNearest(this ISearchSpace space, ReadOnlySpan<byte> genotype, Func<int, bool> isAllowed)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(isAllowed);
        List<int> nearest = [];
        int least = int.MaxValue;
        for (int index = 0; index < space.Size; index++)
        {
            int distance = Distance(space.Genotype(index), genotype);
            if (distance <= least && isAllowed(index))
            {
                if (distance < least)
                {
                    nearest.Clear();
                    least = distance;
                }

                nearest.Add(index);
            }
        }

        return nearest;
    }

    /// <summary>The nearest allowed architecture, of several the one of lowest index; -1 where none is allowed.</summary>
    /// <param name="space">The space.</param>
    /// <param name="genotype">A genotype, of an architecture or not.</param>
    /// <param name="isAllowed">Which architectures may be returned.</param>
    public static int Nearest(this ISearchSpace space, ReadOnlySpan<byte> genotype, Func<int, bool> isAllowed)
        => space.AllNearest(genotype, isAllowed) is [var first, ..] ? first : -1;

    private static int Distance(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int distance = 0;
        for (int decision = 0; decision < first.Length; decision++)
        {
            distance += first[decision] == second[decision] ? 0 : 1;
        }

        return distance;
    }
}
