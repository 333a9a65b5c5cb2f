using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Partitioning;

/// <summary>The ways to cut a space, by the names that requests use.</summary>
public static class PartitionSchemes
{
    /// <summary>The paper's six partitions by number of 3x3 convolutions (section 3, complexity-driven partitioning).</summary>
    public const string Conv3x3 = "conv3x3";

    /// <summary>Partitions with equally many architectures, by latency on the device.</summary>
    public const string LatencyQuantile = "latency-quantile";

    /// <summary>
    /// Partitions with equally many architectures, by the complexity that the space knows: how spaces without 3x3 convolutions are cut.
    /// </summary>
    public const string ComplexityQuantile = "complexity-quantile";

    /// <summary>One partition: the ablation without partitioning.</summary>
    public const string None = "none";

    /// <summary>Most partitions a search may have.</summary>
    public const int MaxPartitions = 12;

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Conv3x3, LatencyQuantile, ComplexityQuantile, None];

    /// <summary>Says why a scheme cannot be cut into so many partitions, or null when it can.</summary>
    public static string? WhyNot(string scheme, int partitions) => scheme switch
    {
        Conv3x3 when partitions != 6 => "the scheme conv3x3 has exactly 6 partitions; choose latency-quantile for another number",
        None when partitions != 1 => "the scheme none has exactly 1 partition",
        LatencyQuantile or ComplexityQuantile when partitions is < 2 or > MaxPartitions =>
            $"the scheme {scheme} takes 2 to {MaxPartitions} partitions",
        Conv3x3 or None or LatencyQuantile or ComplexityQuantile => null,
        _ => $"unknown scheme; allowed are {string.Join(", ", Names)}",
    };

    /// <summary>The scheme that a search of a space goes by when the paper's is requested, which only cells have.</summary>
    /// <param name="space">Name of the space; null for NAS-Bench-201.</param>
    /// <param name="scheme">The scheme that was requested.</param>
    public static string In(string? space, string scheme)
        => scheme == Conv3x3 && space is not null && space != NasBench201.Instance.Name ? ComplexityQuantile : scheme;

    /// <summary>Says why a space cannot be cut into so many partitions on a device, or null when it can.</summary>
    public static string? WhyNot(string scheme, int partitions, ISearchSpace space, IReadOnlyList<double> latencyMs)
    {
        scheme = In(space.Name, scheme);
        return WhyNot(scheme, partitions) ?? scheme switch
        {
            LatencyQuantile
                when QuantilePartitions.ByLatency(partitions, latencyMs, space.SampleSize).Possible is var possible && possible < partitions
                => $"the device's latencies allow only {possible} different quantile partitions; ask for that many",
            ComplexityQuantile when QuantilePartitions.ByComplexity(partitions, space).Possible is var possible && possible < partitions
                => $"the complexities of {space.Name} allow only {possible} different quantile partitions; ask for that many",
            _ => null,
        };
    }

    /// <summary>Cuts a space.</summary>
    /// <param name="scheme">One of <see cref="Names"/>.</param>
    /// <param name="partitions">Number of partitions; see <see cref="WhyNot(string, int)"/>.</param>
    /// <param name="latencyMs">Latency of every architecture, ms, by index; NaN where the device cannot run it.</param>
    /// <exception cref="ArgumentException">The scheme is unknown or cannot be cut so.</exception>
    public static PartitionMap Create(string scheme, int partitions, ISearchSpace space, IReadOnlyList<double> latencyMs)
    {
        if (WhyNot(scheme, partitions, space, latencyMs) is { } reason)
        {
            throw new ArgumentException(reason, nameof(partitions));
        }

        return In(space.Name, scheme) switch
        {
            ComplexityQuantile => QuantilePartitions.ByComplexity(partitions, space).OfComplexity(space.ComplexityUnit),
            Conv3x3 => Conv3x3Partitions.Create(space),
            LatencyQuantile => QuantilePartitions.ByLatency(partitions, latencyMs, space.SampleSize).OfLatency(),
            _ => new PartitionMap(None, new byte[space.Size], ["any architecture"], [PartitionBounds.Unbounded]),
        };
    }
}
