using System.Globalization;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// Partitions by latency on the device, cut so that each holds about as many architectures. Equal latencies stay together, since a
/// rule could not tell them apart; on devices whose latency takes few values the sizes differ for that reason. What the device cannot run
/// counts as slowest. Of an open space a sample says where to cut.
/// </summary>
internal static class LatencyQuantilePartitions
{
    /// <summary>Why the device's latencies cannot be cut so, or null when they can.</summary>
    public static string? WhyNot(int partitions, IReadOnlyList<double> latencyMs, int sampleSize)
        => Cuts(partitions, [.. latencyMs.Take(sampleSize)]).Count + 1 is var possible && possible < partitions
            ? $"the device's latencies allow only {possible} different quantile partitions; ask for that many"
            : null;

    /// <summary>Cuts the space, where <see cref="WhyNot"/> has no objection.</summary>
    public static PartitionMap Create(int partitions, IReadOnlyList<double> latencyMs, int sampleSize)
    {
        List<double> cuts = Cuts(partitions, [.. latencyMs.Take(sampleSize)]);
        byte[] partitionOf = new byte[latencyMs.Count];
        for (int index = 0; index < partitionOf.Length; index++)
        {
            double latency = latencyMs[index];
            partitionOf[index] = (byte)cuts.Count(cut => double.IsNaN(latency) || latency >= cut);
        }

        List<string> rules = [];
        List<PartitionBounds> bounds = [];
        for (int k = 0; k < partitions; k++)
        {
            double? from = k == 0 ? null : cuts[k - 1];
            double? to = k == partitions - 1 ? null : cuts[k];
            rules.Add((from, to) switch
            {
                (null, { } end) => $"latency under {Ms(end)} ms",
                ({ } start, null) => $"latency of {Ms(start)} ms or more",
                ({ } start, { } end) => $"latency from {Ms(start)} to under {Ms(end)} ms",
                _ => "any latency",
            });
            bounds.Add(PartitionBounds.Unbounded with { MinLatencyMs = from, MaxLatencyMs = to });
        }

        return new PartitionMap(PartitionSchemes.LatencyQuantile, partitionOf, rules, bounds);
    }

    /// <summary>Where to cut values into as many parts of about the same size; fewer cuts where values are equal.</summary>
    internal static List<double> Cuts(int partitions, IReadOnlyList<double> latencyMs)
    {
        double[] sorted = [.. latencyMs.Where(double.IsFinite)];
        Array.Sort(sorted);
        List<double> cuts = [];
        for (int k = 1; k < partitions; k++)
        {
            double cut = sorted[(int)((long)sorted.Length * k / partitions)];
            if (cut > (cuts.Count > 0 ? cuts[^1] : sorted[0]))
            {
                cuts.Add(cut);
            }
        }

        return cuts;
    }

    private static string Ms(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
