using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// Runs the steps of a search one after another in this process: those that the orchestrations call as activities, in an order that
/// the orchestrations allow, and so to the same result. Without a history it cannot be resumed; comparisons of many short searches use it.
/// </summary>
public sealed class InProcessSearch(
    SearchPlanner planner,
    PriorAsker prior,
    PoolGrower pool,
    PartitionSeeder seeder,
    HeuristicsUpdater reasoner,
    ArchitectureMutator architect,
    ZeroCostScorer zeroCost,
    LatencyScorer latency,
    LabelChooser labels,
    FrontPublisher front,
    ArchiveUpdater archive,
    SearchFinisher finisher)
{
    /// <summary>Runs a search to its end and returns why it ended (one of <see cref="StopReasons"/>).</summary>
    /// <param name="runId">Id of the run, under which the store has the result.</param>
    /// <param name="request">What to search for.</param>
    /// <param name="time">Clock for the run's start and end.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <exception cref="ArgumentException">The request is not valid; the message names each field.</exception>
    public async Task<string> RunAsync(string runId, SearchRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<PartitionPlan> partitions = await planner.PlanAsync(runId, request, time.GetUtcNow(), cancellationToken);
        SearchTotals totals = SearchTotals.Start;
        if (request.Prior != PriorSources.None)
        {
            totals = totals.WithPrior(await prior.AskAsync(runId, cancellationToken));
        }

        string? stopReason;
        do
        {
            totals = await AdvanceAsync(runId, request, partitions, totals, cancellationToken);
            stopReason = StopRule.WhyStop(request, partitions.Count, totals);
        }
        while (stopReason is null);

        await finisher.FinishAsync(runId, stopReason, time.GetUtcNow(), cancellationToken);
        return stopReason;
    }

    /// <summary>Runs the next generation in all partitions and returns where the search stands after it.</summary>
    private async Task<SearchTotals> AdvanceAsync(
        string runId, SearchRequest request, IReadOnlyList<PartitionPlan> partitions, SearchTotals totals,
        CancellationToken cancellationToken)
    {
        int generation = totals.Generation + 1;
        if (generation > 0 && request.Space is not null)
        {
            await pool.GrowAsync(runId, generation, cancellationToken);
        }

        List<ProposalCounts> counts = [];
        IReadOnlyList<Allowance> allowances = totals.Allowances(request, partitions.Count);
        foreach (PartitionPlan partition in partitions)
        {
            counts.Add(
                await ProposeAsync(runId, partition.Id, generation, request.UseHeuristics, allowances[counts.Count], cancellationToken));
            IReadOnlyList<CandidatePrediction> predictions = await zeroCost.ScoreAsync(runId, partition.Id, generation, cancellationToken);
            IReadOnlyList<CandidateLatency> latencies = await latency.ScoreAsync(runId, partition.Id, generation, cancellationToken);
            await archive.UpdateAsync(runId, partition.Id, generation, predictions, latencies, cancellationToken);
        }

        await labels.ChooseAsync(runId, generation, isLast: false, cancellationToken);
        return totals.With(counts, await front.PublishAsync(runId, generation, cancellationToken));
    }

    private async Task<ProposalCounts> ProposeAsync(
        string runId, int partition, int generation, bool useHeuristics, Allowance allowance, CancellationToken cancellationToken)
    {
        if (generation == 0)
        {
            return await seeder.SeedAsync(runId, partition, cancellationToken);
        }

        if (useHeuristics)
        {
            await reasoner.UpdateAsync(runId, partition, generation, allowance, cancellationToken);
        }

        return await architect.MutateAsync(runId, partition, generation, allowance, cancellationToken);
    }
}
