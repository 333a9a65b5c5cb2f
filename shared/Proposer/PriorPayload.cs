using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;

namespace PelNas.Shared.Proposer;

/// <summary>User message of the question for a prior.</summary>
public sealed record PriorPayload(
    string Prompt,
    SpacePayload Space,
    IReadOnlyList<PriorPartitionPayload> Partitions,
    ObjectivePayload Objective,
    DevicePayload Device,
    ConstraintsPayload Constraints,
    int Labels,
    IReadOnlyList<string> Traits,
    int MaxCells,
    int MaxRules,
    int MaxAvoid);

/// <summary>A partition with its number of cells.</summary>
/// <param name="Cells">How many cells it has.</param>
public sealed record PriorPartitionPayload(int Id, string Rule, PartitionBounds Bounds, int Cells);

/// <summary>What a device charges.</summary>
/// <param name="FixedMs">Latency of the network around the cells, ms.</param>
/// <param name="OperationMs">What an edge adds by its operation, ms.</param>
/// <param name="DeadEdges">Whether dead edges cost as well.</param>
/// <param name="Error">Root mean square of what this misses, ms.</param>
/// <param name="Fastest">The fastest cell with a live path within the limits; null where the limits leave none.</param>
public sealed record DevicePayload(
    double FixedMs,
    IReadOnlyDictionary<string, double> OperationMs,
    bool DeadEdges,
    double Error,
    DeviceEndPayload? Fastest,
    DeviceEndPayload? Slowest);

/// <summary>A cell at an end of the latencies.</summary>
/// <param name="LatencyMs">ms.</param>
public sealed record DeviceEndPayload(string Architecture, double LatencyMs);

/// <summary>Answer to the question for a prior. Untrusted until read.</summary>
public sealed record PriorAnswer(IReadOnlyList<PriorCell> Cells, IReadOnlyList<PriorRule> Rules, IReadOnlyList<PriorVeto> Avoid);

/// <summary>A cell to label early.</summary>
/// <param name="ExpectedAccuracy">Expected accuracy, percent, of the kind that labels are, or null.</param>
/// <param name="Reason">One sentence.</param>
public sealed record PriorCell(string Architecture, double? ExpectedAccuracy, string Reason);
