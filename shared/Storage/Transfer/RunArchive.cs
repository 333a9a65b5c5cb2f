using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>All that a store holds of one run, as one JSON document that another store can take in.</summary>
public sealed record RunArchive
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 4;

    /// <summary>Version of the document's form.</summary>
    [JsonPropertyOrder(-1)]
    public required int FormatVersion { get; init; }

    /// <summary>The search space whose indices the rows use.</summary>
    public required string Space { get; init; }

    /// <summary>The order that the indices count in: <see cref="NasBench201.IndexOrder"/>.</summary>
    public required string IndexOrder { get; init; }

    /// <summary>The run's row.</summary>
    public required RunRow Run { get; init; }

    /// <summary>The uploaded latency table that the run was planned with, or null when its device's table ships with the product.</summary>
    public ArchivedLatencies? Latencies { get; init; }

    /// <summary>
    /// The latency table that its last front was drawn again with once latencies of it were measured; null where they were not.
    /// </summary>
    public ArchivedLatencies? Verified { get; init; }

    /// <summary>Its heuristics, by generation, then partition, as all that follows.</summary>
    public required IReadOnlyList<HeuristicsRow> Heuristics { get; init; }

    /// <summary>What its generations proposed.</summary>
    public required IReadOnlyList<ProposalsRow> Proposals { get; init; }

    /// <summary>Latencies and predictions of its candidates.</summary>
    public required IReadOnlyList<ScoresRow> Scores { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<LabelsRow> Labels { get; init; }

    /// <summary>Its fronts; the last one is in force.</summary>
    public required IReadOnlyList<FrontRow> Fronts { get; init; }

    /// <summary>What its calls have cost; empty where it made no call that is charged.</summary>
    public required IReadOnlyList<SpendingRow> Spending { get; init; }

    /// <summary>What it was given to believe before its first label; null where it was not requested.</summary>
    public PriorRow? Prior { get; init; }

    /// <summary>All rows of its generations.</summary>
    [JsonIgnore]
    public IEnumerable<IGenerationRow> Rows => [.. Heuristics, .. Proposals, .. Scores, .. Labels, .. Fronts];
}

/// <summary>An uploaded latency table; device and data set are those of the run.</summary>
/// <param name="UploadedAt">UTC time of the upload.</param>
/// <param name="LatencyMs">Latency by architecture index, ms; null where the device cannot run it.</param>
/// <param name="Measured">What was measured, where that is not every cell.</param>
/// <param name="Setup">How it was measured, where this program did.</param>
public sealed record ArchivedLatencies(
    DateTimeOffset UploadedAt,
    [property: JsonConverter(typeof(MissingNumbersConverter))] ImmutableArray<double> LatencyMs,
    DeviceMeasurements? Measured = null,
    MeasurementSetup? Setup = null)
{
    /// <summary>The table.</summary>
    internal DeviceTable Of(RunRow run) => new(run.Request.Device, run.Request.Dataset, UploadedAt, LatencyMs, Measured, Setup);
}
