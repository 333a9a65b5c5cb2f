using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace PelNas.Functions.Http.Devices;

/// <summary>What came of reading an uploaded latency table.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="LatencyMs">Latency by architecture, ms; empty when the upload was refused.</param>
/// <param name="Refusal">The answer to send when the upload is refused; otherwise null.</param>
internal sealed record LatencyUpload(string Dataset, ImmutableArray<double> LatencyMs, IResult? Refusal)
{
    /// <summary>A refused upload.</summary>
    public static LatencyUpload Refused(IResult refusal) => new("", [], refusal);
}
