namespace PelNas.Functions.Telemetry;

/// <summary>
/// Where telemetry goes besides Application Insights, from the configuration section <c>PelNas:Telemetry</c>. With
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> set it also goes there by OTLP.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Telemetry";

    /// <summary>Whether spans and metrics are written to standard output.</summary>
    public bool Console { get; set; }
}
