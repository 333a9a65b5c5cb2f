using System.Diagnostics.Metrics;

namespace PelNas.Shared.Common;

/// <summary>
/// The app's metrics. Runs are attributes of spans and not of metrics, whose attributes have few values. A step that runs twice counts
/// twice: metrics show load and cost as they occur, the store has what a search came to.
/// </summary>
public static class SearchMetrics
{
    private static readonly Meter Meter = new(TelemetryNames.Source);

    /// <summary>Duration of a step, seconds, by step and error type.</summary>
    public static Histogram<double> StepDuration { get; } = Meter.CreateHistogram<double>(
        TelemetryNames.StepDuration, "s", "Duration of a step");

    /// <summary>Duration of a search from its plan to its end, seconds, by data set, device and stop reason.</summary>
    public static Histogram<double> SearchDuration { get; } = Meter.CreateHistogram<double>(
        TelemetryNames.SearchDuration, "s", "Duration of a search that ended");

    /// <summary>Calls that were charged, by partition and by whether the provider has reported their cost.</summary>
    public static Counter<long> LlmCalls { get; } = Meter.CreateCounter<long>(
        TelemetryNames.LlmCalls, "{call}", "Calls to the LLM that were charged");

    /// <summary>
    /// Their tokens, by partition, by whether they are of the prompt or the answer, and by whether the provider has reported their number.
    /// </summary>
    public static Counter<long> LlmTokens { get; } = Meter.CreateCounter<long>(
        TelemetryNames.LlmTokens, "{token}", "Tokens of the calls to the LLM");

    /// <summary>What they cost, US dollars, by partition and by whether the provider has reported their cost.</summary>
    public static Counter<double> LlmCost { get; } = Meter.CreateCounter<double>(
        TelemetryNames.LlmCost, "{USD}", "Cost of the calls to the LLM");

    /// <summary>Zero-cost scores of functions that were computed, by version of the proxies' settings.</summary>
    public static Counter<long> ProxyScores { get; } = Meter.CreateCounter<long>(
        TelemetryNames.ProxyScores, "{function}", "Functions whose zero-cost scores were computed");

    /// <summary>Searches that run, as the watchdog counted them.</summary>
    public static Gauge<int> SearchesRunning { get; } = Meter.CreateGauge<int>(
        TelemetryNames.SearchesRunning, "{search}", "Searches that run");

    /// <summary>Searches without progress, as the watchdog counted them.</summary>
    public static Gauge<int> SearchesStuck { get; } = Meter.CreateGauge<int>(
        TelemetryNames.SearchesStuck, "{search}", "Searches that run without progress");

    /// <summary>Hypervolume of a sweep, normalised, by data set, device and sweep.</summary>
    public static Gauge<double> SweepHypervolume { get; } = Meter.CreateGauge<double>(
        TelemetryNames.SweepHypervolume, "1", "Hypervolume that a sweep reached");
}
