namespace PelNas.Shared.Devices;

/// <summary>What a device's measurements say of one cell.</summary>
/// <param name="LatencyMs">Mean latency, ms; null where the cell does not run on the device.</param>
/// <param name="Repeats">Number of measurements.</param>
/// <param name="SpreadMs">Standard deviation of the measurements, ms; 0 for a single one.</param>
public sealed record MeasuredCell(int Index, double? LatencyMs, int Repeats = 1, double SpreadMs = 0)
{
    /// <summary>The cell of several measurements.</summary>
    /// <param name="index">The cell.</param>
    /// <param name="latenciesMs">Its latencies, ms; one or more.</param>
    public static MeasuredCell Of(int index, IReadOnlyCollection<double> latenciesMs)
    {
        double mean = latenciesMs.Average();
        double squares = latenciesMs.Sum(latency => (latency - mean) * (latency - mean));
        return new MeasuredCell(index, mean, latenciesMs.Count, latenciesMs.Count > 1 ? Math.Sqrt(squares / (latenciesMs.Count - 1)) : 0);
    }
}

/// <summary>The noise of a device's measurements, as far as they show it themselves.</summary>
/// <param name="DeviationMs">
/// Standard deviation of one measurement, pooled over cells that were measured repeatedly, ms; null where none was.
/// </param>
/// <param name="StepMs">The step that all measurements are whole multiples of, ms; 0 where they are finer than microseconds.</param>
internal sealed record MeasurementNoise(double? DeviationMs, double StepMs)
{
    private static readonly double[] Steps = [1, 0.1, 0.01];

    /// <summary>The noise of measurements.</summary>
    public static MeasurementNoise Of(IReadOnlyCollection<MeasuredCell> cells)
    {
        int freedom = cells.Sum(cell => cell.Repeats - 1);
        double squares = cells.Sum(cell => (cell.Repeats - 1) * cell.SpreadMs * cell.SpreadMs);
        MeasuredCell[] single = [.. cells.Where(cell => cell is { LatencyMs: not null, Repeats: 1 })];
        double step = single.Length == 0 ? 0 : Steps.FirstOrDefault(size => single.All(cell => IsWhole(cell.LatencyMs!.Value / size)));
        return new MeasurementNoise(freedom > 0 ? Math.Sqrt(squares / freedom) : null, step);
    }

    /// <summary>Variance of the mean of some repeats, ms squared.</summary>
    public double Variance(int repeats) => ((DeviationMs * DeviationMs ?? 0) + (StepMs * StepMs / 12)) / repeats;

    private static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) < 1e-9 * Math.Max(1, value);
}
