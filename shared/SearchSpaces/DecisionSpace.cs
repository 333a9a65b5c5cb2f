namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// An open space: all combinations of some decisions' choices but for forbidden pairs, too many to go through. A search looks at some of
/// them, which have indices in its own <see cref="TableSpace"/>.
/// </summary>
public sealed class DecisionSpace
{
    private const int MaxDraws = 100_000;
    private const int FewCombinations = 4096;

    private readonly ForbiddenPair[] _forbidden;

    /// <summary>Makes the space.</summary>
    /// <param name="forbidden">Choices of two decisions that do not go together.</param>
    public DecisionSpace(IReadOnlyList<Decision> decisions, IReadOnlyList<ForbiddenPair> forbidden)
    {
        Decisions = decisions;
        _forbidden = [.. forbidden];
        Combinations = decisions.Aggregate(1.0, (size, decision) => size * decision.Choices.Count);
    }

    /// <summary>The decisions.</summary>
    public IReadOnlyList<Decision> Decisions { get; }

    /// <summary>Number of combinations, forbidden ones included.</summary>
    public double Combinations { get; }

    /// <summary>Whether a combination has no forbidden pair.</summary>
    public bool IsAllowed(byte[] genotype) => !Array.Exists(_forbidden, pair => pair.Meets(genotype));

    /// <summary>Whether the space is small enough to be looked through as a whole.</summary>
    public bool IsSmall => Combinations <= FewCombinations;

    /// <summary>
    /// Different architectures by chance, fewer where forbidden pairs leave few; or all in order where the space is small.
    /// </summary>
    public IReadOnlyList<byte[]> Sample(int count, Random random)
    {
        if (IsSmall)
        {
            return [.. All()];
        }

        HashSet<byte[]> drawn = new(GenotypeComparer.Instance);
        byte[] genotype = new byte[Decisions.Count];
        for (int draw = 0; drawn.Count < count && draw < MaxDraws; draw++)
        {
            for (int decision = 0; decision < genotype.Length; decision++)
            {
                genotype[decision] = (byte)random.Next(Decisions[decision].Choices.Count);
            }

            if (IsAllowed(genotype))
            {
                drawn.Add([.. genotype]);
            }
        }

        return [.. drawn];
    }

    /// <summary>All architectures that differ in one decision.</summary>
    public IEnumerable<byte[]> Neighbours(byte[] genotype)
    {
        for (int decision = 0; decision < genotype.Length; decision++)
        {
            for (byte choice = 0; choice < Decisions[decision].Choices.Count; choice++)
            {
                byte[] neighbour = [.. genotype];
                neighbour[decision] = choice;
                if (choice != genotype[decision] && IsAllowed(neighbour))
                {
                    yield return neighbour;
                }
            }
        }
    }

    /// <summary>The architecture of least cost that steepest descent by one decision at a time comes to.</summary>
    /// <param name="cost">What is to be least.</param>
    public byte[] Descend(byte[] start, Func<byte[], double> cost)
    {
        byte[] best = start;
        while (Neighbours(best).MinBy(cost) is { } next && cost(next) < cost(best))
        {
            best = next;
        }

        return best;
    }

    private IEnumerable<byte[]> All()
    {
        byte[] genotype = new byte[Decisions.Count];
        while (true)
        {
            if (IsAllowed(genotype))
            {
                yield return [.. genotype];
            }

            int decision = genotype.Length - 1;
            while (decision >= 0 && ++genotype[decision] == Decisions[decision].Choices.Count)
            {
                genotype[decision--] = 0;
            }

            if (decision < 0)
            {
                yield break;
            }
        }
    }
}

/// <summary>Choices of two decisions that do not go together.</summary>
/// <param name="First">One decision.</param>
/// <param name="Second">The other decision.</param>
public readonly record struct ForbiddenPair(int First, byte FirstChoice, int Second, byte SecondChoice)
{
    /// <summary>Whether a combination has both.</summary>
    public bool Meets(byte[] genotype) => genotype[First] == FirstChoice && genotype[Second] == SecondChoice;
}

/// <summary>The open space that a search looks at some architectures of.</summary>
/// <param name="Size">How many of the first of them are a sample, which scales and partitions go by.</param>
public sealed record OpenSample(DecisionSpace Space, int Size);
