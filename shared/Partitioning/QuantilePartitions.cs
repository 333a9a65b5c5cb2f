using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// Partitions by latency on the device or by complexity, cut so that each holds about as many architectures. Equal values stay together,
/// since a rule could not tell them apart; on devices whose latency takes few values the sizes differ for that reason. What the device
/// cannot run counts as slowest. Of an open space a sample says where to cut.
/// </summary>
internal sealed class QuantilePartitions
{
    private readonly double[] _values;
    private readonly List<double> _cuts = [];
    private readonly int _partitions;

    private QuantilePartitions(int partitions, double[] values, int sampleSize)
    {
        _partitions = partitions;
        _values = values;
        double[] sorted = [.. values.Take(sampleSize).Where(double.IsFinite).Order()];
        for (int k = 1; k < partitions; k++)
        {
            double cut = sorted[(int)((long)sorted.Length * k / partitions)];
            if (cut > (_cuts.Count > 0 ? _cuts[^1] : sorted[0]))
            {
                _cuts.Add(cut);
            }
        }
    }

    /// <summary>How many partitions the values allow: fewer than requested where many are equal.</summary>
    public int Possible => _cuts.Count + 1;

    /// <summary>Cuts by latency, ms.</summary>
    public static QuantilePartitions ByLatency(int partitions, IReadOnlyList<double> latencyMs, int sampleSize)
        => new(partitions, [.. latencyMs], sampleSize);

    /// <summary>Cuts by <see cref="ISearchSpace.Complexity"/>.</summary>
    public static QuantilePartitions ByComplexity(int partitions, ISearchSpace space)
        => new(partitions, [.. Enumerable.Range(0, space.Size).Select(space.Complexity)], space.SampleSize);

    /// <summary>The partitions of <see cref="ByLatency"/>, where <see cref="Possible"/> is as many as were requested.</summary>
    public PartitionMap OfLatency() => Map(
        PartitionSchemes.LatencyQuantile,
        (from, to) => PartitionBounds.Unbounded with { MinLatencyMs = from, MaxLatencyMs = to },
        (from, to) => (from, to) switch
        {
            (null, { } end) => $"latency under {Number(end)} ms",
            ({ } start, null) => $"latency of {Number(start)} ms or more",
            ({ } start, { } end) => $"latency from {Number(start)} to under {Number(end)} ms",
            _ => "any latency",
        });

    /// <summary>The partitions of <see cref="ByComplexity"/>, where <see cref="Possible"/> is as many as were requested.</summary>
    public PartitionMap OfComplexity(string unit) => Map(
        PartitionSchemes.ComplexityQuantile,
        (from, to) => PartitionBounds.Unbounded with { MinComplexity = from, MaxComplexity = to },
        (from, to) => (from, to) switch
        {
            (null, { } end) => $"under {Number(end)} {unit}",
            ({ } start, null) => $"{Number(start)} {unit} or more",
            ({ } start, { } end) => $"from {Number(start)} to under {Number(end)} {unit}",
            _ => "any complexity",
        });

    private PartitionMap Map(string scheme, Func<double?, double?, PartitionBounds> bounds, Func<double?, double?, string> rule)
    {
        (double? From, double? To)[] ranges =
            [.. Enumerable.Range(0, _partitions)
                .Select(k => (k == 0 ? (double?)null : _cuts[k - 1], k == _partitions - 1 ? (double?)null : _cuts[k]))];
        return new PartitionMap(
            scheme,
            Array.ConvertAll(_values, value => (byte)_cuts.Count(cut => double.IsNaN(value) || value >= cut)),
            [.. ranges.Select(range => rule(range.From, range.To))],
            [.. ranges.Select(range => bounds(range.From, range.To))]);
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
