using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>When a search ends. Pure, so that an orchestrator may decide by it in a replay.</summary>
public static class StopRule
{
    /// <summary>Why the search ends after a generation (one of <see cref="StopReasons"/>), or null when it goes on.</summary>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="state">Where the search stands after the generation.</param>
    public static string? WhyStop(SearchRequest request, int partitions, SearchTotals state)
    {
        // What the seed population reports is what the dearest call needs; the first calls cost less.
        if (state.Generation > 0 && state.NeededUsd > state.LeftUsd(request))
        {
            return StopReasons.Usd;
        }

        if (state.IsAbandoned)
        {
            return request.Labels?.Training is null ? StopReasons.Deadline : StopReasons.Minutes;
        }

        if (state.Generation >= request.Generations)
        {
            return StopReasons.Generations;
        }

        if (state.Labels >= request.MaxLabels)
        {
            return StopReasons.Labels;
        }

        // Both of a partition's calls: heuristics and architectures.
        if (state.LlmCalls + state.LostCalls + (partitions * (request.UseHeuristics ? 2 : 1)) > request.MaxLlmCalls)
        {
            return StopReasons.LlmCalls;
        }

        if (state.Usd + state.LostUsd > 0 && state.LeftUsd(request) <= 0)
        {
            return StopReasons.Usd;
        }

        return state is { Generation: > 0, Accepted: 0, Unlabelled: 0 } ? StopReasons.Exhausted : null;
    }
}

/// <summary>Where a search stands after a generation.</summary>
/// <param name="Generation">The generation; -1 before the seed population.</param>
/// <param name="Labels">Labels paid so far.</param>
/// <param name="Accepted">Candidates that the generation added, over all partitions.</param>
/// <param name="Unlabelled">Candidates with a live path whose label may still be paid for.</param>
/// <param name="LlmCalls">Calls to the proposer so far.</param>
/// <param name="Usd">What they have cost, US dollars; a search with a limit of these has a price.</param>
/// <param name="NeededUsd">
/// What a call of the generation that there was no room for could have cost, US dollars; null where all fitted.
/// </param>
/// <param name="LostCalls">Calls beside <paramref name="LlmCalls"/> whose answers were lost, and which are charged all the same.</param>
/// <param name="LostUsd">What they are charged, US dollars.</param>
/// <param name="TrainingSeconds">Seconds of training so far, summed over all networks.</param>
/// <param name="IsAbandoned">
/// Whether no more labels are to come: nobody told one until the deadline, or the minutes of training are spent.
/// </param>
public sealed record SearchTotals(
    int Generation, int Labels, int Accepted, int Unlabelled, int LlmCalls, double Usd, double? NeededUsd = null, int LostCalls = 0,
    double LostUsd = 0, double TrainingSeconds = 0, bool IsAbandoned = false)
{
    /// <summary>A search that is planned.</summary>
    public static SearchTotals Start { get; } = new(-1, 0, 0, 0, 0, 0);

    /// <summary>After the prior was requested.</summary>
    public SearchTotals WithPrior(ProposalCounts asked)
        => this with
        {
            LlmCalls = LlmCalls + asked.LlmCalls,
            Usd = Usd + (asked.Usd ?? 0),
            LostCalls = LostCalls + asked.LostCalls,
            LostUsd = LostUsd + asked.LostUsd,
        };

    /// <summary>After the next generation.</summary>
    /// <param name="counts">What proposing came to, by partition.</param>
    /// <param name="front">The front after it.</param>
    public SearchTotals With(IReadOnlyList<ProposalCounts> counts, GenerationFront front)
        => new SearchTotals(
            front.Generation,
            front.Labels,
            counts.Sum(count => count.Accepted),
            front.Unlabelled,
            LlmCalls + counts.Sum(count => count.LlmCalls),
            Usd + counts.Sum(count => count.Usd ?? 0),
            counts.Max(count => count.NeededUsd),
            LostCalls + counts.Sum(count => count.LostCalls),
            LostUsd + counts.Sum(count => count.LostUsd));

    /// <summary>US dollars that the search has left, lost answers counted; null where there is no limit.</summary>
    public double? LeftUsd(SearchRequest request) => request.MaxUsd - Usd - LostUsd;

    /// <summary>
    /// What each partition may spend on the next generation: equal shares of what the search has left. Where a share has no room for both
    /// calls of a generation, as many partitions as it is enough for get all of it, others in the next generation.
    /// </summary>
    /// <param name="partitions">Number of partitions.</param>
    public IReadOnlyList<Allowance> Allowances(SearchRequest request, int partitions)
    {
        int? calls = request.MaxLlmCalls - LlmCalls - LostCalls;
        double? usd = LeftUsd(request);
        int funded = usd is { } left && NeededUsd is { } needed ? (int)Math.Clamp(left / (2 * needed), 1, partitions) : partitions;
        return
        [
            .. Enumerable.Range(0, partitions).Select(partition => new Allowance(
                (calls / partitions) + (partition < calls % partitions ? 1 : 0),
                (partition + Generation + 1) % partitions < funded ? usd / funded : usd is null ? null : 0)),
        ];
    }
}
