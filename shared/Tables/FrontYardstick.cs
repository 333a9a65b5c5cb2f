using PelNas.Shared.Pareto;

namespace PelNas.Shared.Tables;

/// <summary>Measures fronts in scaled objectives against an exact one; the reference point is (1, 1).</summary>
internal sealed class FrontYardstick
{
    private static readonly double[] Reference = [1, 1];

    private readonly double[][] _exact;

    /// <param name="exact">Distinct non-dominated points, at least one.</param>
    public FrontYardstick(double[][] exact)
    {
        _exact = exact;
        Hypervolume = Pareto.Hypervolume.Compute(exact, Reference);
    }

    public int Size => _exact.Length;

    public double Hypervolume { get; }

    /// <summary>
    /// Reads the quality of the non-dominated ones among the points. An exact front of extremes alone spans no volume; the share of
    /// its points that were found then stands for the ratio.
    /// </summary>
    public YardstickReading Measure(double[][] points)
    {
        double[][] found = [.. NonDominatedSort.FirstFront(points).Select(index => points[index])];
        double hypervolume = Pareto.Hypervolume.Compute(found, Reference);
        HashSet<(double, double)> foundPoints = [.. found.Select(point => (point[0], point[1]))];
        double hitRate = _exact.Count(point => foundPoints.Contains((point[0], point[1]))) / (double)_exact.Length;
        return new(
            hypervolume,
            // No front is better than the exact one; sums of many small areas may round to more.
            Hypervolume > 0 ? Math.Min(1, hypervolume / Hypervolume) : hitRate,
            InvertedGenerationalDistance.Compute(_exact, found.Length > 0 ? found : [Reference]),
            hitRate);
    }
}

/// <summary>What a <see cref="FrontYardstick"/> shows.</summary>
internal readonly record struct YardstickReading(double Hypervolume, double HypervolumeRatio, double Igd, double HitRate);
