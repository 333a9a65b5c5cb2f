using PelNas.Shared.Evolution;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Search;

/// <summary>
/// Makes candidates without the proposer when it returned too few usable ones: crossover and mutation of the parents, and when these
/// find nothing new, members of the partition at random.
/// </summary>
public sealed class ShortfallFiller(RunContext context, int partition, ProposalValidator validator, PartitionHistory history)
{
    private const int TriesPerCandidate = 10;

    /// <summary>Makes up to <paramref name="count"/> new candidates; fewer when the partition has no unseen function left.</summary>
    public IReadOnlyList<int> Fill(int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        List<int> made = [];
        int[] parents = [.. history.Front.Select(candidate => candidate.Row.Index)];
        for (int attempt = 0; parents.Length > 0 && made.Count < count && attempt < count * TriesPerCandidate; attempt++)
        {
            int parent = parents[random.Next(parents.Length)];
            if (context.Space is { Open: { } open, IsComplete: false })
            {
                if (validator.TryTake(Vary(open, parent, parents[random.Next(parents.Length)], random), out int taken))
                {
                    made.Add(taken);
                }

                continue;
            }

            int? child = random.Next(2) == 0
                ? VariationOperators.Crossover(context.Space, parent, parents[random.Next(parents.Length)], validator.IsNew, random)
                : VariationOperators.Mutate(context.Space, parent, validator.IsNew, random);
            if (child is { } index && validator.TryTake(index))
            {
                made.Add(index);
            }
        }

        if (made.Count < count)
        {
            int[] unseen = [.. context.FastestCells(partition).Where(index => context.Space.IsConnected(index) && validator.IsNew(index))];
            random.Shuffle(unseen);
            made.AddRange(unseen.Where(validator.TryTake).Take(count - made.Count));
        }

        return made;
    }

    /// <summary>Uniform crossover of two different parents, or one changed decision: in an open space nearly every child is new.</summary>
    private byte[] Vary(DecisionSpace open, int first, int second, Random random)
    {
        byte[] child = context.Space.Genotype(first).ToArray();
        ReadOnlySpan<byte> other = context.Space.Genotype(second);
        if (first != second && random.Next(2) == 0)
        {
            for (int decision = 0; decision < child.Length; decision++)
            {
                child[decision] = random.Next(2) == 0 ? child[decision] : other[decision];
            }
        }
        else
        {
            int decision = random.Next(child.Length);
            child[decision] = (byte)((child[decision] + 1 + random.Next(open.Decisions[decision].Choices.Count - 1)) % open.Decisions[decision].Choices.Count);
        }

        return child;
    }
}
