using PelNas.Shared.Devices;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>Makes points of a front from candidates.</summary>
public static class FrontPoints
{
    /// <summary>The latency was measured.</summary>
    public const string Measured = "measured";
    /// <summary>The latency is predicted.</summary>
    public const string Predicted = "predicted";

    /// <summary>The point of a candidate with accuracy and latency.</summary>
    public static FrontPoint Of(RunContext context, RunCandidate candidate)
    {
        CandidateRow row = candidate.Row;
        double latencyMs = row.LatencyMs!.Value;
        LatencyUncertainty? uncertainty = context.Benchmark.Uncertainty;
        (double Low, double High)? interval = uncertainty is null ? null : LatencyInterval.Of(latencyMs, uncertainty.DeviationMs[row.Index]);
        return new FrontPoint
        {
            Index = row.Index,
            Architecture = context.Space.Format(row.Index),
            Accuracy = row.Accuracy!.Value,
            ValidationAccuracy = context.Benchmark.ValidationAccuracy[row.Index],
            TestAccuracy = context.Benchmark.TestAccuracy[row.Index],
            PredictedAccuracy = row.PredictedAccuracy,
            LatencyMs = latencyMs,
            LatencyFrom = uncertainty is null ? null : uncertainty.Measured.Contains(row.Index) ? Measured : Predicted,
            LatencyLowMs = Rounded(interval?.Low),
            LatencyHighMs = Rounded(interval?.High),
            EnergyMj = context.Benchmark.EnergyMj is { IsDefault: false } energy ? energy[row.Index] : null,
            ParamsM = Math.Round(context.ParamsM(row.Index), 6),
            FlopsM = Math.Round(context.FlopsM(row.Index), 6),
            Partition = candidate.Partition,
            Generation = row.Generation ?? 0,
        };
    }

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
