using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>The search space as both prompts describe it.</summary>
/// <param name="Name">Name of the space.</param>
/// <param name="Edges">Names of the edges in genotype order.</param>
/// <param name="Operations">Operations an edge may carry.</param>
/// <param name="Decisions">In a space of other decisions the choices of each; else null.</param>
public sealed record SpacePayload(
    string Name,
    IReadOnlyList<string> Edges,
    IReadOnlyList<string> Operations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Decisions = null);

/// <summary>The partition as both prompts describe it.</summary>
public sealed record PartitionPayload(int Id, string Rule, PartitionBounds Bounds);

/// <summary>What is searched for.</summary>
/// <param name="Dataset">Data set whose accuracy counts.</param>
/// <param name="Device">Device whose latency counts.</param>
/// <param name="Accuracy">Which accuracy labels are: <c>validation</c> or <c>test</c>.</param>
public sealed record ObjectivePayload(string Dataset, string Device, string Accuracy);

/// <summary>An architecture whose accuracy is known.</summary>
/// <param name="Accuracy">Accuracy, percent, of the kind that labels are.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
/// <param name="Generation">Generation that proposed it.</param>
/// <param name="Rationale">Why it was proposed, if the proposer said so.</param>
/// <param name="OnFront">Whether it is on the partition's Pareto front.</param>
public sealed record CandidatePayload(
    string Architecture, double Accuracy, double LatencyMs, int Generation, string Origin, string? Rationale, bool OnFront);

/// <summary>Limits that the user set; null does not bind.</summary>
/// <param name="MaxLatencyMs">ms.</param>
/// <param name="MaxParamsM">Million parameters.</param>
public sealed record ConstraintsPayload(double? MaxLatencyMs, double? MaxParamsM);

/// <summary>A latency interval: one in which the front has no good point, or all that a partition reaches.</summary>
/// <param name="FromMs">Start, ms.</param>
/// <param name="ToMs">End, ms.</param>
public sealed record GapPayload(double FromMs, double ToMs);

/// <summary>User message of the reasoner.</summary>
public sealed record ReasonerPayload(
    string Prompt,
    SpacePayload Space,
    PartitionPayload Partition,
    ObjectivePayload Objective,
    SearchPayload Search,
    IReadOnlyList<CandidatePayload> Candidates,
    IReadOnlyList<Heuristic> Heuristics,
    IReadOnlyList<Heuristic> SharedHeuristics,
    int MaxRules,
    IReadOnlyList<PredictedPayload> Predicted);

/// <summary>Answer of the reasoner.</summary>
public sealed record ReasonerAnswer(IReadOnlyList<Heuristic> Rules);

/// <summary>User message of the architect.</summary>
public sealed record ArchitectPayload(
    string Prompt,
    SpacePayload Space,
    PartitionPayload Partition,
    ConstraintsPayload Constraints,
    ObjectivePayload Objective,
    SearchPayload Search,
    IReadOnlyList<CandidatePayload> Parents,
    IReadOnlyList<GapPayload> Gaps,
    IReadOnlyList<Heuristic> Heuristics,
    IReadOnlyList<Heuristic> SharedHeuristics,
    IReadOnlyList<PromisingPayload> Promising,
    int Count,
    double CrossoverProbability,
    GapPayload? Reach = null);

/// <summary>Answer of the architect.</summary>
public sealed record ArchitectAnswer(IReadOnlyList<Proposal> Architectures);

/// <summary>One proposed architecture. Untrusted until validated.</summary>
/// <param name="Origin"><c>crossover</c> or <c>mutation</c>.</param>
/// <param name="Parents">Architecture strings of the parents.</param>
/// <param name="Rationale">One sentence.</param>
/// <param name="ExpectedAccuracy">Expected accuracy, percent, of the kind that labels are, or null.</param>
public sealed record Proposal(
    string Architecture,
    [property: AllowedValues("crossover", "mutation")] string Origin,
    IReadOnlyList<string> Parents,
    string Rationale,
    double? ExpectedAccuracy = null);

/// <summary>An architecture whose accuracy is only predicted.</summary>
/// <param name="PredictedAccuracy">Predicted accuracy, percent.</param>
/// <param name="Deviation">Standard deviation of the prediction, percentage points.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
/// <param name="Rationale">Why it was proposed, if the proposer said so.</param>
public sealed record PredictedPayload(
    string Architecture, double PredictedAccuracy, double Deviation, double LatencyMs, string Origin, string? Rationale = null);

/// <summary>An architecture that nobody has tried, and that the predictor finds promising.</summary>
/// <param name="PredictedAccuracy">Predicted accuracy, percent.</param>
/// <param name="Deviation">Standard deviation of the prediction, percentage points.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
public sealed record PromisingPayload(string Architecture, double PredictedAccuracy, double Deviation, double LatencyMs);

/// <summary>The parts that both payloads share.</summary>
internal static class PayloadParts
{
    public static SpacePayload Space(ISearchSpace space) => new(
        space.Name,
        space.DecisionNames,
        space.Operations,
        space.IsOfCells
            ? null
            : space.DecisionNames.Index().ToDictionary(decision => decision.Item, decision => space.ChoicesOf(decision.Index)));

    public static PartitionPayload Partition(RunContext context, int partition)
        => new(partition, context.Map.Plans[partition].Rule, context.Map.Bounds[partition]);

    public static ObjectivePayload Objective(RunContext context)
        => new(context.Request.Dataset, context.Request.Device, context.Request.LabelsFrom);

    /// <summary>At most <paramref name="count"/> items, evenly spread over the list, first and last included.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> items, int count)
        => items.Count <= count ? items : [.. Enumerable.Range(0, count).Select(k => items[k * (items.Count - 1) / (count - 1)])];

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
