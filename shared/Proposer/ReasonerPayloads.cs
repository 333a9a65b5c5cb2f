using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer;

/// <summary>Makes the reasoner's payload. Lists are capped so that the prompt's size has a bound.</summary>
internal static class ReasonerPayloads
{
    /// <summary>Most rules a partition's knowledge base holds.</summary>
    public const int MaxRules = 12;

    /// <summary>Most predictions that are shown.</summary>
    public const int MaxPredicted = 12;

    // Twelve rules with evidence take under 150 tokens each.
    private const int MaxOutputTokens = 4096;
    private const int MaxCandidates = 40;

    /// <summary>The question of a partition and generation.</summary>
    public static Question<ReasonerPayload> Ask(
        RunContext context,
        PartitionHistory history,
        IReadOnlyList<PredictedPayload> predicted,
        IReadOnlyList<Heuristic> heuristics,
        int generation) => new(
        PromptTemplate.Reasoner,
        Create(context, history, predicted, heuristics),
        SeededRandom.For(context.Request.Seed, "reasoner", history.Partition, generation).Next(),
        MaxOutputTokens);

    private static ReasonerPayload Create(
        RunContext context, PartitionHistory history, IReadOnlyList<PredictedPayload> predicted, IReadOnlyList<Heuristic> heuristics)
    {
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
            PromptTemplate.Reasoner.Name,
            PayloadParts.Space(context.Space),
            PayloadParts.Partition(context, history.Partition),
            new ObjectivePayload(context.Request.Dataset, context.Request.Device),
            [.. shown.Select(candidate => PayloadParts.Candidate(context.Space, candidate, front.Contains(candidate.Row.Index)))],
            heuristics,
            MaxRules,
            predicted);
    }
}
