using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// The NN-degree of a cell (Li et al., arXiv 2108.00568): the mean in-degree of its live nodes, where a convolution joins all channels to
/// each and counts as many as there are, a skip or a pooling joins each to itself and counts 1; summed over the network's three stages.
/// </summary>
internal static class NnDegree
{
    private static readonly int[] Channels = [16, 32, 64];

    /// <summary>The NN-degree, 0 without a live path.</summary>
    /// <param name="cell">Six operations, dead edges <c>none</c> (<see cref="LiveCell"/>).</param>
    public static double Of(byte[] cell)
    {
        int convolutions = LiveCell.Count(cell, NasBench201Operation.Conv1x1) + LiveCell.Count(cell, NasBench201Operation.Conv3x3);
        int others = LiveCell.Count(cell, NasBench201Operation.SkipConnect) + LiveCell.Count(cell, NasBench201Operation.AvgPool3x3);
        return LiveCell.IsAlive(cell) ? Channels.Sum(width => ((width * convolutions) + others) / (double)LiveCell.Nodes(cell)) : 0;
    }
}
