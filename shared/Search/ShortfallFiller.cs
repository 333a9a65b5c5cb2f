using PelNas.Shared.Evolution;
using PelNas.Shared.Records;

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
        List<int> made = [];
        int[] parents = [.. history.Front.Select(candidate => candidate.Row.Index)];
        for (int attempt = 0; parents.Length > 0 && made.Count < count && attempt < count * TriesPerCandidate; attempt++)
        {
            int parent = parents[random.Next(parents.Length)];
            if (context.Space is { Open: not null, IsComplete: false })
            {
                if (validator.TryTake(Vary(parent, parents[random.Next(parents.Length)], random), out int taken))
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

    /// <summary>A child of the open space, where nearly every one is new: of two parents, or of one by a changed decision.</summary>
    private byte[] Vary(int first, int second, Random random)
    {
        if (first != second && random.Next(2) == 0)
        {
            return GenotypeVariation.Cross(context.Space, first, second, random);
        }

        byte[] child = context.Space.Genotype(first).ToArray();
        GenotypeVariation.MutateOne(context.Space, child, random);
        return child;
    }
}
