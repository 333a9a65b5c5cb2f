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
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        IReadOnlyList<PartitionPlan> partitions = await planner.PlanAsync(runId, request, time.GetUtcNow(), cancellationToken);
        SearchState state = default;
        if (request.Prior != PriorSources.None)
        {
            ProposalCounts asked = await prior.AskAsync(runId, cancellationToken);
            state = state with { LlmCalls = asked.LlmCalls, Usd = asked.Usd ?? 0 };
        }

        string? stopReason = null;
        while (stopReason is null)
        {
            state = await AdvanceAsync(runId, request, partitions, state, cancellationToken);
            stopReason = StopRule.WhyStop(request, partitions.Count, state);
            state = state with { Generation = state.Generation + 1 };
        }

        await finisher.FinishAsync(runId, stopReason, time.GetUtcNow(), cancellationToken);
        return stopReason;
    }

    /// <summary>Runs one generation in all partitions and returns where the search stands after it.</summary>
    private async Task<SearchState> AdvanceAsync(
        string runId, SearchRequest request, IReadOnlyList<PartitionPlan> partitions, SearchState state, CancellationToken cancellationToken)
    {
        int generation = state.Generation;
        state = state with { Accepted = 0 };
        foreach (PartitionPlan partition in partitions)
        {
            ProposalCounts counts = await ProposeAsync(runId, partition.Id, generation, request.UseHeuristics, cancellationToken);
            state = state with
            {
                Accepted = state.Accepted + counts.Accepted,
                LlmCalls = state.LlmCalls + counts.LlmCalls,
                Usd = state.Usd + (counts.Usd ?? 0),
                Reached = state.Reached ?? counts.StopReason,
            };
            await zeroCost.ScoreAsync(runId, partition.Id, generation, cancellationToken);
            await latency.ScoreAsync(runId, partition.Id, generation, cancellationToken);
        }

        await labels.ChooseAsync(runId, generation, cancellationToken);
        GenerationFront published = await front.PublishAsync(runId, generation, cancellationToken);
        foreach (PartitionPlan partition in partitions)
        {
            await archive.UpdateAsync(runId, partition.Id, generation, cancellationToken);
        }

        return state with { Labels = published.Labels, Unlabelled = published.Unlabelled };
    }

    private async Task<ProposalCounts> ProposeAsync(string runId, int partition, int generation, bool useHeuristics, CancellationToken cancellationToken)
    {
        if (generation == 0)
        {
            return await seeder.SeedAsync(runId, partition, cancellationToken);
        }

        if (useHeuristics)
        {
            await reasoner.UpdateAsync(runId, partition, generation, cancellationToken);
        }

        return await architect.MutateAsync(runId, partition, generation, cancellationToken);
    }
}
