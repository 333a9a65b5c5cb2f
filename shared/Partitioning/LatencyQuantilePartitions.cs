using System.Globalization;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// Partitions by latency on the device, cut so that each holds about as many architectures. Equal latencies stay together, since a
/// rule could not tell them apart; on devices whose latency takes few values the sizes differ for that reason.
/// </summary>
internal static class LatencyQuantilePartitions
{
    public static PartitionMap Create(int partitions, IReadOnlyList<double> latencyMs)
    {
        double[] sorted = [.. latencyMs];
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

        if (cuts.Count != partitions - 1)
        {
            throw new ArgumentException(
                $"the device's latencies allow only {cuts.Count + 1} different quantile partitions; ask for that many", nameof(partitions));
        }

        byte[] partitionOf = new byte[latencyMs.Count];
        for (int index = 0; index < partitionOf.Length; index++)
        {
            double latency = latencyMs[index];
            partitionOf[index] = (byte)cuts.Count(cut => latency >= cut);
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

    private static string Ms(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
