using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>When a search ends. Pure, so that an orchestrator may decide by it in a replay.</summary>
public static class StopRule
{
    /// <summary>Why the search ends after a generation (one of <see cref="StopReasons"/>), or null when it goes on.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="state">Where the search stands after the generation.</param>
    public static string? WhyStop(SearchRequest request, int partitions, SearchTotals state)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Generation >= request.Generations)
        {
            return StopReasons.Generations;
        }

        if (state.Labels >= request.MaxLabels)
        {
            return StopReasons.Labels;
        }

        if (state.Reached is not null)
        {
            return state.Reached;
        }

        // Both of a partition's calls: heuristics and architectures.
        if (state.LlmCalls + (partitions * (request.UseHeuristics ? 2 : 1)) > request.MaxLlmCalls)
        {
            return StopReasons.LlmCalls;
        }

        if (state.Usd > 0 && state.Usd >= request.MaxUsd)
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
/// <param name="Reached">A limit that was reached within the generation (one of <see cref="StopReasons"/>), or null.</param>
/// <param name="LostCalls">Calls beside <paramref name="LlmCalls"/> whose answers were lost, and which are charged all the same.</param>
/// <param name="LostUsd">What they are charged, US dollars.</param>
public sealed record SearchTotals(
    int Generation, int Labels, int Accepted, int Unlabelled, int LlmCalls, double Usd, string? Reached = null, int LostCalls = 0, double LostUsd = 0)
{
    /// <summary>A search that is planned.</summary>
    public static SearchTotals Start { get; } = new(-1, 0, 0, 0, 0, 0);

    /// <summary>After the next generation.</summary>
    /// <param name="counts">What proposing came to, by partition.</param>
    /// <param name="front">The front after it.</param>
    public SearchTotals With(IReadOnlyList<ProposalCounts> counts, GenerationFront front)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(front);
        return new SearchTotals(
            front.Generation,
            front.Labels,
            counts.Sum(count => count.Accepted),
            front.Unlabelled,
            LlmCalls + counts.Sum(count => count.LlmCalls),
            Usd + counts.Sum(count => count.Usd ?? 0),
            // Where one partition had no room others may have had some, and what they did not spend is shared out anew.
            counts.All(count => count.LlmCalls == 0) ? counts.FirstOrDefault(count => count.StopReason is not null)?.StopReason : null,
            LostCalls + counts.Sum(count => count.LostCalls),
            LostUsd + counts.Sum(count => count.LostUsd));
    }

    /// <summary>
    /// What each partition may spend on the next generation: equal shares of what the search has left, lost answers counted.
    /// </summary>
    /// <param name="request">What was asked.</param>
    /// <param name="partitions">Number of partitions.</param>
    public IReadOnlyList<Allowance> Allowances(SearchRequest request, int partitions)
    {
        ArgumentNullException.ThrowIfNull(request);
        int? calls = request.MaxLlmCalls - LlmCalls - LostCalls;
        double? usd = (request.MaxUsd - Usd - LostUsd) / partitions;
        return [.. Enumerable.Range(0, partitions).Select(partition => new Allowance((calls / partitions) + (partition < calls % partitions ? 1 : 0), usd))];
    }
}
