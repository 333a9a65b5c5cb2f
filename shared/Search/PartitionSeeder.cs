using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>SeedPartition</c>: the first population of a partition, drawn at random from its members with distinct functions and
/// a live path, and with those that the prior names and the partition's fastest architecture among them.
/// </summary>
public sealed class PartitionSeeder(IRunStore store, RunContexts contexts)
{
    /// <summary>Origin of seed candidates.</summary>
    public const string Origin = "seed";

    /// <summary>Origin of seed candidates that the prior names.</summary>
    public const string PriorOrigin = "prior";

    /// <summary>Seeds a partition. The user's limits may leave it empty.</summary>
    public async Task<ProposalCounts> SeedAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        int[] members = [.. context.Map.Members(partition).Where(index => context.IsAllowed(partition, index))];
        int? fastest = members.Length == 0 ? null : members.MinBy(index => context.Benchmark.LatencyMs[index]);
        SeededRandom.For(context.Request.Seed, "seed-partition", partition).Shuffle(members);

        int[] ranked = [.. (context.Prior?.Ranked ?? []).Where(index => context.IsAllowed(partition, index))];
        ProposalValidator validator = new(context, partition, []);
        List<CandidateRow> seeds = [];
        IEnumerable<int> order = members.Where(context.Space.IsConnected);
        foreach (int index in ranked.Concat(fastest is { } first ? order.Prepend(first) : order))
        {
            if (seeds.Count < context.Request.ProposalsPerPartition && validator.TryTake(index))
            {
                seeds.Add(new CandidateRow { Index = index, Generation = 0, Origin = ranked.Contains(index) ? PriorOrigin : Origin });
            }
        }

        await store.MergeCandidatesAsync(runId, partition, seeds, cancellationToken);
        // What the labels of this generation have added since the step first ran stays.
        await store.ChangeRoundAsync(
            runId,
            partition,
            generation: 0,
            stored => (stored ?? new RoundRow { Partition = partition, Generation = 0 }) with { Accepted = seeds.Count },
            cancellationToken);
        return new ProposalCounts(seeds.Count, LlmCalls: 0, Usd: 0);
    }
}
