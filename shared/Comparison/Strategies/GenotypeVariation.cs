using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Comparison.Strategies;

/// <summary>The textbook operators on genotypes, blind to what has been tried, as the baselines' papers use them.</summary>
internal static class GenotypeVariation
{
    /// <summary>Uniform crossover: each decision from either parent with equal chance.</summary>
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

    /// <summary>Changes one decision to another operation.</summary>
    public static void MutateOne(ISearchSpace space, byte[] genotype, Random random)
        => Change(space, genotype, random.Next(genotype.Length), random);

    /// <summary>The architecture of a genotype, or in a closed space that lacks it the nearest that can still be labelled; -1 where there is none.</summary>
    public static int Resolve(SearchTrial trial, byte[] genotype)
        => trial.Space.IsComplete ? trial.Space.IndexOf(genotype)
            : trial.Space.Open is null ? trial.Space.Nearest(genotype, trial.IsOpen)
            : trial.Space.Open.IsAllowed(genotype) ? trial.Resolve([genotype])[0]
            : -1;

    private static void Change(ISearchSpace space, byte[] genotype, int decision, Random random)
    {
        int other = random.Next(space.ChoicesOf(decision).Count - 1);
        genotype[decision] = (byte)(other < genotype[decision] ? other : other + 1);
    }
}
