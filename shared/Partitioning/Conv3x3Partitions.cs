using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Partitioning;

/// <summary>
/// The six partitions of the paper: cells with no, one, two, three, and four or more 3x3 convolutions, the first of them split by
/// whether it has a 1x1 convolution. Sizes in NAS-Bench-201: 729, 3,367, 6,144, 3,840, 1,280, 265.
/// </summary>
internal static class Conv3x3Partitions
{
    private const string Conv1 = "nor_conv_1x1";
    private const string Conv3 = "nor_conv_3x3";

    public static PartitionMap Create(ISearchSpace space)
    {
        byte conv1 = OperationNumber(space, Conv1);
        byte conv3 = OperationNumber(space, Conv3);
        byte[] partitionOf = new byte[space.Size];
        for (int index = 0; index < space.Size; index++)
        {
            ReadOnlySpan<byte> genotype = space.Genotype(index);
            int convolutions = genotype.Count(conv3);
            partitionOf[index] = (byte)(convolutions == 0 ? (genotype.Contains(conv1) ? 1 : 0) : Math.Min(convolutions, 4) + 1);
        }

        int edges = space.DecisionCount;
        return new PartitionMap(
            PartitionSchemes.Conv3x3,
            partitionOf,
            [
                $"no {Conv3} and no {Conv1}",
                $"no {Conv3}, at least one {Conv1}",
                $"exactly one {Conv3}",
                $"exactly two {Conv3}",
                $"exactly three {Conv3}",
                $"four or more {Conv3}",
            ],
            [
                Bounds((Conv3, 0, 0), (Conv1, 0, 0)),
                Bounds((Conv3, 0, 0), (Conv1, 1, edges)),
                Bounds((Conv3, 1, 1)),
                Bounds((Conv3, 2, 2)),
                Bounds((Conv3, 3, 3)),
                Bounds((Conv3, 4, edges)),
            ]);
    }

    private static PartitionBounds Bounds(params ReadOnlySpan<(string Operation, int Min, int Max)> counts)
    {
        SortedDictionary<string, CountRange> ranges = new(StringComparer.Ordinal);
        foreach ((string operation, int min, int max) in counts)
        {
            ranges.Add(operation, new CountRange(min, max));
        }

        return new PartitionBounds(ranges);
    }

    private static byte OperationNumber(ISearchSpace space, string name)
    {
        int number = space.Operations.TakeWhile(operation => operation != name).Count();
        return number < space.Operations.Count
            ? (byte)number
            : throw new ArgumentException(
                $"The space {space.Name} has no operation {name}; partition it by {PartitionSchemes.LatencyQuantile}.", nameof(space));
    }
}
