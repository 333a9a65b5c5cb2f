using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Evolution;

/// <summary>
/// Mutation and crossover of genotypes under a constraint. Both draw uniformly from all offspring that the caller allows, by listing
/// them, so that a tight constraint costs time but neither biases the draw nor makes it give up.
/// </summary>
public static class VariationOperators
{
    /// <summary>
    /// Changes one decision of the parent. When no such neighbour is allowed, two decisions are changed, then three and so on.
    /// </summary>
    /// <param name="parent">Index of the parent.</param>
    /// <param name="allowed">Whether an architecture may be offspring, for example because it is new and in the partition.</param>
    /// <param name="random">The generator; one number is drawn from it, none without offspring.</param>
    /// <returns>The index of an allowed architecture other than the parent, or null when there is none in the whole space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parent is not of the space.</exception>
    public static int? Mutate(ISearchSpace space, int parent, Func<int, bool> allowed, Random random)
    {
        byte[] genotype = space.Genotype(parent).ToArray();
        if (!space.IsComplete)
        {
            // The same, without going through all that the space lacks.
            IReadOnlyList<int> nearest = space.AllNearest(genotype, index => index != parent && allowed(index));
            return nearest.Count > 0 ? nearest[random.Next(nearest.Count)] : null;
        }

        for (int changes = 1; changes <= space.DecisionCount; changes++)
        {
            List<int> offspring = [];
            Change(space, genotype, 0, changes, allowed, offspring);
            if (offspring.Count > 0)
            {
                return offspring[random.Next(offspring.Count)];
            }
        }

        return null;
    }

    /// <summary>Uniform crossover (Syswerda 1989): takes each decision from either parent with equal chance.</summary>
    /// <param name="first">Index of one parent.</param>
    /// <param name="second">Index of the other parent.</param>
    /// <param name="allowed">Whether an architecture may be offspring.</param>
    /// <param name="random">The generator; one number is drawn from it, none without offspring.</param>
    /// <returns>
    /// The index of an allowed recombination other than the parents, or null when there is none: the parents differ in fewer than two
    /// decisions, or nothing between them is allowed.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A parent is not of the space.</exception>
    public static int? Crossover(ISearchSpace space, int first, int second, Func<int, bool> allowed, Random random)
    {
        if (!space.IsComplete)
        {
            // Between two members of a sparse space there is none: the nearest to a recombination stands for it.
            byte[] child = GenotypeVariation.Cross(space, second, first, random);
            return space.Nearest(child, index => index != first && index != second && allowed(index)) is var index and >= 0 ? index : null;
        }

        List<int> offspring = [];
        Recombine(space, space.Genotype(first).ToArray(), space.Genotype(second).ToArray(), 0, child =>
        {
            if (child != first && child != second && allowed(child))
            {
                offspring.Add(child);
            }
        });
        return offspring.Count > 0 ? offspring[random.Next(offspring.Count)] : null;
    }

    /// <summary>
    /// Lists the allowed architectures that differ from the genotype in exactly <paramref name="changes"/> decisions from
    /// <paramref name="start"/> on.
    /// </summary>
    private static void Change(ISearchSpace space, byte[] genotype, int start, int changes, Func<int, bool> allowed, List<int> offspring)
    {
        if (changes == 0)
        {
            int child = space.IndexOf(genotype);
            if (allowed(child))
            {
                offspring.Add(child);
            }

            return;
        }

        for (int decision = start; decision <= genotype.Length - changes; decision++)
        {
            byte present = genotype[decision];
            for (byte operation = 0; operation < space.ChoicesOf(decision).Count; operation++)
            {
                if (operation != present)
                {
                    genotype[decision] = operation;
                    Change(space, genotype, decision + 1, changes - 1, allowed, offspring);
                }
            }

            genotype[decision] = present;
        }
    }

    /// <summary>Visits every way to take the decisions from <paramref name="start"/> on from either genotype, each once.</summary>
    private static void Recombine(ISearchSpace space, byte[] genotype, byte[] other, int start, Action<int> visit)
    {
        int decision = start;
        while (decision < genotype.Length && genotype[decision] == other[decision])
        {
            decision++;
        }

        if (decision == genotype.Length)
        {
            visit(space.IndexOf(genotype));
            return;
        }

        byte present = genotype[decision];
        Recombine(space, genotype, other, decision + 1, visit);
        genotype[decision] = other[decision];
        Recombine(space, genotype, other, decision + 1, visit);
        genotype[decision] = present;
    }
}
