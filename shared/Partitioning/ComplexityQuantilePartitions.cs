using System.Globalization;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// Partitions by the complexity of a space's architectures, cut so that each holds about as many. Equal complexities stay together, as equal
/// latencies do in <see cref="LatencyQuantilePartitions"/>. Of an open space a sample says where to cut.
/// </summary>
internal static class ComplexityQuantilePartitions
{
    /// <summary>Why the space cannot be cut so, or null when it can.</summary>
    public static string? WhyNot(int partitions, ISearchSpace space)
        => LatencyQuantilePartitions.Cuts(partitions, Complexities(space)[..space.SampleSize]).Count + 1 is var possible && possible < partitions
            ? $"the complexities of {space.Name} allow only {possible} different quantile partitions; ask for that many"
            : null;

    /// <summary>Cuts the space, where <see cref="WhyNot"/> has no objection.</summary>
    public static PartitionMap Create(int partitions, ISearchSpace space)
    {
        double[] complexities = Complexities(space);
        List<double> cuts = LatencyQuantilePartitions.Cuts(partitions, complexities[..space.SampleSize]);
        List<string> rules = [];
        List<PartitionBounds> bounds = [];
        for (int k = 0; k < partitions; k++)
        {
            double? from = k == 0 ? null : cuts[k - 1];
            double? to = k == partitions - 1 ? null : cuts[k];
            rules.Add((from, to) switch
            {
                (null, { } end) => $"under {Number(end)} {space.ComplexityUnit}",
                ({ } start, null) => $"{Number(start)} {space.ComplexityUnit} or more",
                ({ } start, { } end) => $"from {Number(start)} to under {Number(end)} {space.ComplexityUnit}",
                _ => "any complexity",
            });
            bounds.Add(PartitionBounds.Unbounded with { MinComplexity = from, MaxComplexity = to });
        }

        return new PartitionMap(
            PartitionSchemes.ComplexityQuantile, Array.ConvertAll(complexities, complexity => (byte)cuts.Count(cut => complexity >= cut)), rules, bounds);
    }

    private static double[] Complexities(ISearchSpace space) => [.. Enumerable.Range(0, space.Size).Select(space.Complexity)];

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
