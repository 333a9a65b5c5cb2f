using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>
/// The user's limits on every architecture. The exact front that a result is measured against is that of the architectures within them.
/// </summary>
/// <param name="MaxLatencyMs">Greatest latency, ms, or null.</param>
/// <param name="MaxParamsM">Most trainable parameters, millions, or null.</param>
/// <param name="MaxEnergyMj">Most energy for one image, mJ, or null.</param>
public sealed record SearchLimits(double? MaxLatencyMs, double? MaxParamsM, double? MaxEnergyMj = null)
{
    /// <summary>The limits of a request, or null without any.</summary>
    public static SearchLimits? Of(SearchRequest request)
        => request.HasLimits() ? new SearchLimits(request.MaxLatencyMs, request.MaxParamsM, request.MaxEnergyMj) : null;

    /// <summary>The limits in words.</summary>
    public string Describe() => string.Join(", ", new[]
    {
        MaxLatencyMs is null ? null : $"latency up to {MaxLatencyMs} ms",
        MaxParamsM is null ? null : $"up to {MaxParamsM} million parameters",
        MaxEnergyMj is null ? null : $"energy up to {MaxEnergyMj} mJ",
    }.OfType<string>());
}
