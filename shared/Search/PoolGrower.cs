using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>GrowPool</c>: before a generation of a search in an open space, adds the architectures that the predictor's own search
/// finds, with some drawn by chance, to those that the run looks at, and keeps places for what the generation will propose. What it adds
/// does not depend on the size of the space.
/// </summary>
public sealed class PoolGrower(RunContexts contexts, RunHistories histories, PredictorCache predictors)
{
    /// <summary>Architectures that the search adds for each partition.</summary>
    internal const int FoundPerPartition = 48;

    /// <summary>Architectures drawn by chance, over all partitions.</summary>
    internal const int Drawn = 64;

    /// <summary>Runs the step and returns how many architectures it added: none in a space that is looked through as a whole.</summary>
    public async Task<int> GrowAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation, cancellationToken);
        if (context.Benchmark.Open is not { } open || open.Decisions.IsSmall)
        {
            return 0;
        }

        GenerationKey key = new(generation, GenerationKinds.Pool);
        if (await histories.FindAsync<PoolRow>(context.Run, key, cancellationToken) is { } before)
        {
            return before.Genotypes.Length / context.Space.DecisionCount;
        }

        RunCandidates candidates = RunCandidates.Of(await histories.BeforeAsync(context.Run, generation, cancellationToken), generation);
        List<byte[]> found = await predictors.GetAsync(context, candidates, generation) is { } predictor
            ? new PoolSearch(context, candidates, predictor, SeededRandom.For(context.Request.Seed, "pool-search", generation))
                .Find(FoundPerPartition)
            : [];
        HashSet<byte[]> known = new(found, GenotypeComparer.Instance);
        Random random = SeededRandom.For(context.Request.Seed, "pool-drawn", generation);
        found.AddRange(open.Decisions.Sample(Drawn, random).Where(drawn => context.Space.IndexOf(drawn) < 0 && known.Add(drawn)));
        PoolRow row = PoolRow.Of(generation, partition: null, found, context.Request.ProposalsPerPartition);
        return (await histories.AddAsync(context.Run, row, cancellationToken)).Genotypes.Length / context.Space.DecisionCount;
    }
}
