namespace PelNas.Shared.Devices;

/// <summary>Measured latencies on a scale of mean 0 and variance 1.</summary>
/// <param name="Cells">The n cells.</param>
/// <param name="Targets">Their latencies on that scale.</param>
/// <param name="Noise">Variances of what is known of their noise, on that scale.</param>
/// <param name="Mean">Mean latency, ms.</param>
/// <param name="Deviation">Standard deviation, ms.</param>
internal sealed record StandardisedLatencies(int[] Cells, double[] Targets, double[] Noise, double Mean, double Deviation)
{
    /// <summary>The latencies of cells that run, of not all the same latency.</summary>
    public static StandardisedLatencies Of(MeasuredCell[] cells, MeasurementNoise noise)
    {
        double[] latencies = [.. cells.Select(cell => cell.LatencyMs!.Value)];
        double mean = latencies.Average();
        double deviation = Math.Sqrt(latencies.Average(latency => (latency - mean) * (latency - mean)));
        return new StandardisedLatencies(
            [.. cells.Select(cell => cell.Index)],
            [.. latencies.Select(latency => (latency - mean) / deviation)],
            [.. cells.Select(cell => noise.Variance(cell.Repeats) / (deviation * deviation))],
            mean,
            deviation);
    }

    /// <summary>A value of the scale in ms.</summary>
    public double ToMs(double target) => Mean + (Deviation * target);
}
