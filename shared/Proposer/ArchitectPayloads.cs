using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>Makes the architect's payload. Lists are capped so that the prompt's size has a bound.</summary>
internal static class ArchitectPayloads
{
    private const int MaxParents = 16;
    private const int MaxAvoid = 160;
    private const int MaxGaps = 4;

    private const double CrossoverProbability = 0.5;

    // Each architecture with its parents and a rationale takes under 240 tokens.
    private const int OutputTokensPerArchitecture = 240;
    private const int FurtherOutputTokens = 1024;

    /// <summary>
    /// The question of a partition and generation. It asks for no more architectures than there are functions left to find.
    /// </summary>
    public static Question<ArchitectPayload> Ask(
        RunContext context,
        PartitionHistory history,
        PartitionFunctions functions,
        IReadOnlyList<Heuristic> heuristics,
        int generation) => new(
        PromptTemplate.Architect,
        Create(context, history, functions, heuristics),
        SeededRandom.For(context.Request.Seed, "architect", history.Partition, generation).Next(),
        FurtherOutputTokens + (OutputTokensPerArchitecture * Count(context, functions)));

    private static ArchitectPayload Create(
        RunContext context, PartitionHistory history, PartitionFunctions functions, IReadOnlyList<Heuristic> heuristics)
    {
        IReadOnlyList<RunCandidate> parents = Spread(history.Front, MaxParents);
        return new ArchitectPayload(
            PromptTemplate.Architect.Name,
            PayloadParts.Space(context.Space),
            PayloadParts.Partition(context, history.Partition),
            new ConstraintsPayload(context.Request.MaxLatencyMs, context.Request.MaxParamsM),
            new ObjectivePayload(context.Request.Dataset, context.Request.Device),
            [.. parents.Select(parent => PayloadParts.Candidate(context.Space, parent, onFront: true))],
            Gaps(history.Front),
            heuristics,
            [.. NearestFirst(functions.Tried, parents, context.Space).Take(MaxAvoid).Select(context.Space.Format)],
            Count(context, functions),
            CrossoverProbability,
            Reach(context, history.Partition));
    }

    private static int Count(RunContext context, PartitionFunctions functions)
        => Math.Min(context.Request.ProposalsPerPartition, functions.Unseen);

    /// <summary>
    /// What was tried beside the parents, the nearest to any of them first and of equally near ones the latest: children of the parents come to
    /// these again, and there may be more than the prompt has room for.
    /// </summary>
    private static IEnumerable<int> NearestFirst(IReadOnlyList<int> tried, IReadOnlyList<RunCandidate> parents, ISearchSpace space)
    {
        int[] known = [.. parents.Select(parent => parent.Row.Index)];
        return tried.Except(known).OrderBy(index => known.Select(parent => Differences(space, index, parent)).DefaultIfEmpty().Min());
    }

    private static int Differences(ISearchSpace space, int first, int second)
    {
        ReadOnlySpan<byte> genotype = space.Genotype(first);
        ReadOnlySpan<byte> other = space.Genotype(second);
        int differences = 0;
        for (int decision = 0; decision < genotype.Length; decision++)
        {
            differences += genotype[decision] == other[decision] ? 0 : 1;
        }

        return differences;
    }

    /// <summary>At most <paramref name="count"/> items, evenly spread over the list, first and last included.</summary>
    private static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> items, int count)
        => items.Count <= count ? items : [.. Enumerable.Range(0, count).Select(k => items[k * (items.Count - 1) / (count - 1)])];

    /// <summary>
    /// The latencies that the partition's cells reach, within the user's limits, which are free to know: a front that stops short of
    /// an end has a gap there that no two neighbours show. Null where the limits leave no cell.
    /// </summary>
    private static GapPayload? Reach(RunContext context, int partition)
    {
        double[] latencies =
        [
            .. Enumerable.Range(0, context.Space.Size)
                .Where(index => context.IsAllowed(partition, index))
                .Select(index => context.Benchmark.LatencyMs[index]),
        ];
        return latencies.Length > 0 ? new GapPayload(PromptText.Short(latencies.Min()), PromptText.Short(latencies.Max())) : null;
    }

    /// <summary>The widest latency intervals between neighbours on the front.</summary>
    private static GapPayload[] Gaps(IReadOnlyList<RunCandidate> front)
        =>
        [
            .. front.Zip(front.Skip(1))
                .Select(pair => new GapPayload(pair.First.Row.LatencyMs!.Value, pair.Second.Row.LatencyMs!.Value))
                .OrderByDescending(gap => gap.ToMs - gap.FromMs)
                .Take(MaxGaps),
        ];
}
