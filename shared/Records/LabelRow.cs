using System.Text.Json.Serialization;

namespace PelNas.Shared.Records;

/// <summary>A label that a search wants or has got, from its user or from training. Key (run, <see cref="Index"/>).</summary>
public sealed record LabelRow
{
    /// <summary>Index of the architecture.</summary>
    public required int Index { get; init; }

    /// <summary>
    /// The architecture in its notation, in another space than NAS-Bench-201, whose indices may be the search's own; else null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Architecture { get; init; }

    /// <summary>Generation that asked for it.</summary>
    public required int Generation { get; init; }

    /// <summary>When it was requested, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Who has said that they get it; null when nobody has.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Until when nobody else is given it, UTC.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>Accuracy, percent.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Latency, ms, of a search that is told it with the label.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Why there is none and will not be one. Untrusted text.</summary>
    public string? Failure { get; init; }

    /// <summary>When the accuracy or the failure was told, UTC.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Seconds that training took.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether it is settled, by an accuracy or a failure.</summary>
    public bool IsTold() => ToldAt is not null;
}
