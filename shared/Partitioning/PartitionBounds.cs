using System.Text.Json.Serialization;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// A partition's rule as data for the proposer: how many edges may carry an operation, and between which latencies the cell
/// must lie. A null or missing bound does not bind.
/// </summary>
/// <param name="OperationCounts">Least and most edges per operation name.</param>
/// <param name="MinLatencyMs">Inclusive, ms.</param>
/// <param name="MaxLatencyMs">Exclusive, ms.</param>
/// <param name="MinComplexity">Inclusive, in the unit that the partition's rule names.</param>
/// <param name="MaxComplexity">Exclusive, in the same unit.</param>
public sealed record PartitionBounds(
    IReadOnlyDictionary<string, CountRange> OperationCounts,
    double? MinLatencyMs = null,
    double? MaxLatencyMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MinComplexity = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MaxComplexity = null)
{
    /// <summary>Bounds that every architecture keeps.</summary>
    public static PartitionBounds Unbounded { get; } = new(new Dictionary<string, CountRange>());
}

/// <summary>An inclusive range of a count.</summary>
/// <param name="Min">Least.</param>
/// <param name="Max">Most.</param>
public readonly record struct CountRange(int Min, int Max);
