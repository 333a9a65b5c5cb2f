using Microsoft.Extensions.Options;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>SeedPartition</c>: the first population of a partition, drawn at random from the functions with a live path whose fastest
/// architecture is in it. Those that the prior names are among them, and the fastest of all.
/// </summary>
public sealed class PartitionSeeder(
    RunContexts contexts, RunHistories histories, ProposerClient proposer, IOptions<ChatProviderOptions> options)
{
    /// <summary>Seeds a partition. The user's limits may leave it empty.</summary>
    public async Task<ProposalCounts> SeedAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation: 0, cancellationToken);
        int[] members = [.. context.FastestCells(partition).Where(context.Space.IsConnected)];
        int? fastest = context.FastestCells(partition).Where(index => context.Request.LabelPathless || context.Space.IsConnected(index))
            .Select(index => (int?)index)
            .MinBy(index => (context.Benchmark.LatencyMs[index!.Value], !context.Space.IsConnected(index.Value), index));
        SeededRandom.For(context.Request.Seed, "seed-partition", partition).Shuffle(members);

        int[] ranked = [.. context.FastestOf(context.Prior?.Ranked ?? []).Where(index => context.Map.PartitionOf(index) == partition)];
        IEnumerable<int> promising = context.FastestOf(context.SeedOrder).Where(index => context.Map.PartitionOf(index) == partition);
        ProposalValidator validator = new(context, partition, []);
        List<CandidateRow> seeds = [];
        foreach (int index in ranked.Concat(promising).Concat(fastest is { } first ? members.Prepend(first) : members))
        {
            if (seeds.Count < context.Request.ProposalsPerPartition && validator.TryTake(index))
            {
                seeds.Add(new CandidateRow
                {
                    Index = index,
                    Generation = 0,
                    Origin = ranked.Contains(index) ? CandidateOrigin.Prior : CandidateOrigin.Seed,
                });
            }
        }

        RoundRow round = new() { Partition = partition, Generation = 0, Accepted = seeds.Count };

        // So that the first allowances are not all too small for a call.
        double? needed = context.Request.MaxUsd is null
            ? null
            : SearchEstimate.CallUsdOf(context, proposer.Price, options.Value.ReasoningTokens);
        return (await histories.AddAsync(context.Run, new ProposalsRow(round, seeds, needed), cancellationToken)).ToCounts();
    }
}
