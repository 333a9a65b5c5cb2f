using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Searches;

/// <summary>Latencies of its front that a search has asked for.</summary>
/// <param name="Measurements">The latencies, the earliest first.</param>
public sealed record MeasurementList(string Id, IReadOnlyList<MeasurementView> Measurements);

/// <summary>A latency that a search has asked for.</summary>
/// <param name="Index">Index of the architecture in its space.</param>
/// <param name="Status"><c>open</c>, <c>told</c> or <c>failed</c>.</param>
/// <param name="AskedAt">UTC time since when.</param>
/// <param name="LatencyMs">Latency, ms; null until it is told.</param>
/// <param name="Failure">Why the architecture does not run; null where it does. Untrusted text.</param>
/// <param name="ToldAt">UTC time when it was told, or null.</param>
public sealed record MeasurementView(
    int Index, string Architecture, string Status, DateTimeOffset AskedAt, double? LatencyMs, string? Failure, DateTimeOffset? ToldAt)
{
    internal static MeasurementView Of(LabelRow latency, string status)
        => new(latency.Index, NasBench201.Instance.Format(latency.Index), status, latency.AskedAt, latency.LatencyMs,
            latency.Failure, latency.ToldAt);
}

/// <summary>The body of <c>PUT /searches/{id}/measurements/{index}</c>.</summary>
/// <param name="LatencyMs">Latency, ms; null where it failed.</param>
/// <param name="Failed">Whether the architecture does not run on the device.</param>
/// <param name="Reason">Why. Untrusted text.</param>
public sealed record MeasurementAnswer(double? LatencyMs = null, bool Failed = false, string? Reason = null)
{
    /// <summary>All that is wrong with it.</summary>
    public IReadOnlyList<FieldError> Check() => this switch
    {
        { Failed: true, LatencyMs: not null } => [new("latencyMs", "cannot be given with failed; leave one of them out")],
        { Failed: false, LatencyMs: null } =>
            [new("latencyMs", "is missing; give a number over 0, milliseconds, or failed: true with a reason")],
        { LatencyMs: { } latencyMs } when !(latencyMs > 0 && double.IsFinite(latencyMs)) =>
            [new("latencyMs", $"{latencyMs} is not allowed; give a number over 0, milliseconds")],
        _ => [],
    };
}
