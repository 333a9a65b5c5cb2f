
namespace PelNas.Shared.Records;

/// <summary>
/// The hypervolume of a front where the exact one is not known: latency scaled to 0..1 between the fastest and the slowest architecture of
/// the space, error between none and that of chance.
/// </summary>
/// <param name="Hypervolume">0 to 1.</param>
/// <param name="LatencyMs">The reference point: the latency of the slowest architecture, ms.</param>
/// <param name="Accuracy">The reference point: the accuracy of chance, percent.</param>
public sealed record ReferenceHypervolume(double Hypervolume, double LatencyMs, double Accuracy)
{
    private static readonly double[] Reference = [1, 1];

    /// <summary>The hypervolume of points.</summary>
    /// <param name="points">Latency in ms, accuracy in percent.</param>
    public static ReferenceHypervolume Of(RunContext context, IEnumerable<(double LatencyMs, double Accuracy)> points)
    {
        (double fastest, double slowest) = context.LatencyRangeMs;
        double chance = 100.0 / context.Benchmark.Shape.Classes;
        double range = slowest > fastest ? slowest - fastest : 1;
        double[][] scaled =
            [.. points.Select(point => new[] { (point.LatencyMs - fastest) / range, (100 - point.Accuracy) / (100 - chance) })];
        return new ReferenceHypervolume(Pareto.Hypervolume.Compute(scaled, Reference), slowest, chance);
    }
}
