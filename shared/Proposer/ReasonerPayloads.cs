using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer;

/// <summary>Makes the reasoner's payload. Lists are capped so that the prompt's size has a bound.</summary>
internal static class ReasonerPayloads
{
    /// <summary>Most rules that a partition's knowledge base holds.</summary>
    public const int MaxRules = 12;

    /// <summary>Most predictions that are shown.</summary>
    public const int MaxPredicted = 12;

    // Twelve rules with evidence take under 150 tokens each.
    private const int MaxOutputTokens = 4096;
    private const int MaxCandidates = 40;

    /// <summary>The question of a partition and generation.</summary>
    /// <param name="view">What is known before the generation.</param>
    /// <param name="predicted">Candidates of the partition with no label yet, the best first.</param>
    /// <param name="heuristics">The partition's rules in force.</param>
    public static Question<ReasonerPayload> Ask(
        RunContext context, GenerationView view, IReadOnlyList<PredictedPayload> predicted, IReadOnlyList<Heuristic> heuristics) => new(
        PromptTemplate.ReasonerIn(context.Space),
        Create(context, view, predicted, heuristics),
        SeededRandom.For(context.Request.Seed, "reasoner", view.Partition, view.Generation).Next(),
        MaxOutputTokens);

    private static ReasonerPayload Create(
        RunContext context, GenerationView view, IReadOnlyList<PredictedPayload> predicted, IReadOnlyList<Heuristic> heuristics)
    {
        PartitionHistory history = view.History;
        HashSet<int> front = [.. history.Front.Select(candidate => candidate.Row.Index)];
        RunCandidate[] byRank = [.. history.Labelled.OrderByDescending(candidate => front.Contains(candidate.Row.Index))];

        // A long front would leave no room for what has just failed, which is what rules are drawn from.
        int? last = history.Labelled.Count > 0 ? history.Labelled[0].Row.LabelledGeneration : null;
        IEnumerable<RunCandidate> shown = byRank.Where(candidate => candidate.Row.LabelledGeneration == last).Take(MaxCandidates / 2)
            .Concat(byRank)
            .DistinctBy(candidate => candidate.Row.Index)
            .Take(MaxCandidates)
            .OrderByDescending(candidate => candidate.Row.LabelledGeneration)
            .ThenBy(candidate => candidate.Row.Index);
        return new ReasonerPayload(
            PromptTemplate.ReasonerIn(context.Space).Name,
            PayloadParts.Space(context.Space),
            PayloadParts.Partition(context, view.Partition),
            PayloadParts.Objective(context),
            SearchPayloads.Create(context, view),
            [.. shown.Select(candidate => PayloadParts.Candidate(context.Space, candidate, front.Contains(candidate.Row.Index)))],
            heuristics,
            view.SharedHeuristics,
            MaxRules,
            predicted);
    }
}
