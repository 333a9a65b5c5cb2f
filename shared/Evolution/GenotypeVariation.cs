using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Evolution;

/// <summary>The textbook operators on genotypes, blind to what has been tried, as the baselines' papers use them.</summary>
public static class GenotypeVariation
{
    /// <summary>Uniform crossover (Syswerda 1989): each decision from either parent with equal chance.</summary>
    public static byte[] Cross(ISearchSpace space, int first, int second, Random random)
    {
        byte[] child = space.Genotype(first).ToArray();
        ReadOnlySpan<byte> other = space.Genotype(second);
        for (int decision = 0; decision < child.Length; decision++)
        {
            if (random.Next(2) == 0)
            {
                child[decision] = other[decision];
            }
        }

        return child;
    }

    /// <summary>Changes one decision, in place, to another of its choices.</summary>
    public static void MutateOne(ISearchSpace space, byte[] genotype, Random random)
    {
        int decision = random.Next(genotype.Length);
        int other = random.Next(space.ChoicesOf(decision).Count - 1);
        genotype[decision] = (byte)(other < genotype[decision] ? other : other + 1);
    }
}
