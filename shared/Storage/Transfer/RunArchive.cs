using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>All that a store holds of one run, as one JSON document that another store can take in.</summary>
public sealed record RunArchive
{
    /// <summary>The version that this program writes. It reads this one and those before it.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Version of the document's form.</summary>
    [JsonPropertyOrder(-1)]
    public required int FormatVersion { get; init; }

    /// <summary>The run's row.</summary>
    public required RunRow Run { get; init; }

    /// <summary>The uploaded latency table that the run was planned with, or null when its device's table ships with the product.</summary>
    public ArchivedLatencies? Latencies { get; init; }

    /// <summary>Candidates and heuristics, by partition.</summary>
    public required IReadOnlyList<ArchivedPartition> Partitions { get; init; }

    /// <summary>Its rounds, by partition, then generation.</summary>
    public required IReadOnlyList<RoundRow> Rounds { get; init; }

    /// <summary>Every version of its front, in ascending order; the last one is in force.</summary>
    public required IReadOnlyList<Front> Fronts { get; init; }

    /// <summary>What its calls have cost, since format version 2; null where it made no call that is charged.</summary>
    public BudgetRow? Budget { get; init; }
}

/// <summary>What a store holds of one partition of a run.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Candidates">Its candidates, by index.</param>
/// <param name="Heuristics">Its heuristics, by generation.</param>
public sealed record ArchivedPartition(int Partition, IReadOnlyList<CandidateRow> Candidates, IReadOnlyList<HeuristicsRow> Heuristics);

/// <summary>An uploaded latency table; device and data set are those of the run.</summary>
/// <param name="UploadedAt">UTC time of the upload.</param>
/// <param name="LatencyMs">Latency by architecture index, ms.</param>
public sealed record ArchivedLatencies(DateTimeOffset UploadedAt, ImmutableArray<double> LatencyMs);
