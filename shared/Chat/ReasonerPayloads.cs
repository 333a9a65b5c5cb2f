using PelNas.Shared.Evolution;
using PelNas.Shared.Heuristics;
using PelNas.Shared.Runs;

namespace PelNas.Shared.Chat;

/// <summary>Makes the reasoner's payload. Lists are capped so that the prompt's size has a bound.</summary>
internal static class ReasonerPayloads
{
    /// <summary>Most rules a partition's knowledge base holds.</summary>
    public const int MaxRules = 12;

    private const int MaxCandidates = 40;

    public static ReasonerPayload Create(RunContext context, PartitionHistory history, IReadOnlyList<Heuristic> heuristics)
    {
        HashSet<int> front = [.. history.Front.Select(candidate => candidate.Row.Index)];
        IEnumerable<RunCandidate> shown = history.Labelled
            .OrderByDescending(candidate => front.Contains(candidate.Row.Index))
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
            MaxRules);
    }
}
