using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Proposer;

/// <summary>The parts that both payloads share.</summary>
internal static class PayloadParts
{
    public static SpacePayload Space(ISearchSpace space) => new(space.Name, space.DecisionNames, space.Operations);

    public static PartitionPayload Partition(RunContext context, int partition)
        => new(partition, context.Map.Plans[partition].Rule, context.Map.Bounds[partition]);

    public static string? Rationale(CandidateRow row, int maxBytes = PromptText.RationaleBytes)
        => row.Rationale is { } rationale ? PromptText.Cut(rationale, maxBytes) : null;

    public static CandidatePayload Candidate(ISearchSpace space, RunCandidate candidate, bool onFront) => new(
        space.Format(candidate.Row.Index),
        candidate.Row.Accuracy!.Value,
        candidate.Row.LatencyMs!.Value,
        candidate.Row.Generation ?? 0,
        candidate.Row.Origin ?? CandidateOrigin.Seed,
        Rationale(candidate.Row),
        onFront);
}
