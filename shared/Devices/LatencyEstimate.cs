using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Devices;

/// <summary>The latency of every cell of a space on a device of which some cells are measured.</summary>
/// <param name="LatencyMs">By cell, ms: the mean of its measurements, or what is predicted; NaN where the cell does not run.</param>
/// <param name="DeviationMs">
/// By cell, ms: standard deviation of what the device would show; 0 where a single measurement is all that is known.
/// </param>
/// <param name="Validation">How well the measurements predict one another.</param>
public sealed record LatencyEstimate(ImmutableArray<double> LatencyMs, ImmutableArray<double> DeviationMs, LatencyValidation Validation);

/// <summary>
/// How well measurements predict one another: each measured cell by a model of all the others, whose weights all measurements gave.
/// </summary>
/// <param name="Cells">Measured cells that were compared.</param>
/// <param name="Spearman">Rank correlation of predictions and measurements; null where all are alike.</param>
/// <param name="RelativeError">Median of the error as a share of the measurement.</param>
public sealed record LatencyValidation(int Cells, double? Spearman, double RelativeError)
{
    private const double PoorSpearman = 0.8;
    private const double PoorError = 0.25;

    /// <summary>A sentence where the predictions are poor; otherwise null.</summary>
    public string? Warning => Spearman is { } spearman && spearman >= PoorSpearman && RelativeError <= PoorError ? null
        : $"Predicted latencies are poor: each of {Cells} measured cells was predicted from the others with a rank correlation of "
            + $"{Spearman?.ToString("0.00", CultureInfo.InvariantCulture) ?? "nothing"} and a median error of {RelativeError:0 %}. "
            + "Measure more cells, or repeat measurements that are noisy.";

    internal static LatencyValidation Of(IReadOnlyList<double> measured, IReadOnlyList<double> predicted)
    {
        double spearman = Correlation.Spearman(measured, predicted);
        double[] errors = [.. measured.Zip(predicted, (truth, prediction) => Math.Abs(prediction - truth) / truth)];
        return new LatencyValidation(measured.Count, double.IsFinite(spearman) ? spearman : null, errors.Median());
    }
}

/// <summary>The interval that nine of ten latencies lie in.</summary>
public static class LatencyInterval
{
    private const double Quantile = 1.645;

    /// <summary>Low and high end, ms.</summary>
    /// <param name="latencyMs">Mean, ms.</param>
    /// <param name="deviationMs">Standard deviation, ms.</param>
    public static (double LowMs, double HighMs) Of(double latencyMs, double deviationMs)
        => (AtLeast(latencyMs - (Quantile * deviationMs), latencyMs), latencyMs + (Quantile * deviationMs));

    /// <summary>A latency that a wide distribution drew, kept above nought: no less than a tenth of the mean.</summary>
    public static double AtLeast(double drawnMs, double meanMs) => Math.Max(drawnMs, meanMs / 10);
}
