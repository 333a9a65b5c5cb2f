using System.Numerics.Tensors;

namespace PelNas.Shared.SearchSpaces;

/// <summary>What follows from a space's genotypes, the same for every space.</summary>
public static class SearchSpaceExtensions
{
    /// <summary>The architecture in the space's published notation.</summary>
    public static string Format(this ISearchSpace space, int index) => space.Format(space.Genotype(index));

    /// <summary>Whether a text is a genotype in the published notation.</summary>
    public static bool IsNotation(this ISearchSpace space, string? text) => space.TryRead(text, new byte[space.DecisionCount], out _);

    /// <summary>Reads the published notation. On failure <paramref name="error"/> says in one sentence what is wrong and where.</summary>
    public static bool TryParse(this ISearchSpace space, string? text, out int index, out string? error)
    {
        byte[] genotype = new byte[space.DecisionCount];
        index = space.TryRead(text, genotype, out error) ? space.IndexOf(genotype) : -1;
        if (error is null && index < 0)
        {
            error = space.Open is not null
                ? $"The search has not looked at this architecture of {space.Name}."
                : $"The space {space.Name} has no such architecture; the nearest that it has is "
                    + $"{space.Format(space.Nearest(genotype, _ => true))}.";
        }

        return error is null;
    }

    /// <summary>All architectures that differ in exactly one decision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not of the space.</exception>
    public static IReadOnlyList<int> Neighbours(this ISearchSpace space, int index)
    {
        byte[] genotype = space.Genotype(index).ToArray();
        List<int> neighbours = [];
        for (int decision = 0; decision < genotype.Length; decision++)
        {
            byte present = genotype[decision];
            for (byte choice = 0; choice < space.ChoicesOf(decision).Count; choice++)
            {
                genotype[decision] = choice;
                if (choice != present && space.IndexOf(genotype) is var neighbour and >= 0)
                {
                    neighbours.Add(neighbour);
                }
            }

            genotype[decision] = present;
        }

        return neighbours;
    }

    /// <summary>
    /// What stands in a closed space for an architecture that it lacks: those allowed that differ in the fewest decisions, by index. Of a
    /// random sample of a large space no two are neighbours, and so operators that change one decision would find nothing.
    /// </summary>
    /// <param name="genotype">A genotype, of an architecture or not.</param>
    /// <param name="isAllowed">Which architectures may be returned.</param>
    public static IReadOnlyList<int> AllNearest(this ISearchSpace space, ReadOnlySpan<byte> genotype, Func<int, bool> isAllowed)
    {
        List<int> nearest = [];
        int least = int.MaxValue;
        for (int index = 0; index < space.Size; index++)
        {
            int distance = TensorPrimitives.HammingDistance(space.Genotype(index), genotype);
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
    /// <param name="genotype">A genotype, of an architecture or not.</param>
    /// <param name="isAllowed">Which architectures may be returned.</param>
    public static int Nearest(this ISearchSpace space, ReadOnlySpan<byte> genotype, Func<int, bool> isAllowed)
        => space.AllNearest(genotype, isAllowed) is [var first, ..] ? first : -1;

    /// <summary>Why nothing can be limited by parameters in a space, or null where it can.</summary>
    public static string? WhyNoParams(this ISearchSpace space)
        => double.IsNaN(space.ParamsM(0)) ? $"nobody knows the parameters of the space {space.Name}; leave it out" : null;

    /// <summary>
    /// By function, the allowed architecture of least cost that computes it (of equal ones that with the lowest index), or -1.
    /// </summary>
    /// <param name="cost">What is to be least, by architecture, for example its latency.</param>
    /// <param name="isAllowed">Which architectures may be returned.</param>
    public static int[] LeastOfFunctions(this ISearchSpace space, Func<int, double> cost, Func<int, bool> isAllowed)
    {
        int[] least = new int[space.FunctionCount];
        Array.Fill(least, -1);
        for (int index = 0; index < space.Size; index++)
        {
            ref int best = ref least[space.FunctionId(index)];
            if ((best < 0 || cost(index) < cost(best)) && isAllowed(index))
            {
                best = index;
            }
        }

        return least;
    }
}
