using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Devices;

/// <summary>
/// Latencies that never fall when a convolution or a pooling takes the place of a skip or of nothing. Skips and absent edges are left in
/// the order that was measured: a runtime that executes a network as it is written pays for an absent edge, a multiplication by zero, and
/// not for a skip.
/// </summary>
internal static class WorkOrder
{
    private static readonly byte[] Idle = [(byte)NasBench201Operation.None, (byte)NasBench201Operation.SkipConnect];

    /// <summary>
    /// The mean of two functions that keep the order: the largest value of all cells with less work, and the least of all with more. Where
    /// the values keep it, they stay.
    /// </summary>
    public static double[] Impose(ISearchSpace space, double[] values)
    {
        double[] upper = [.. values];
        double[] lower = [.. values];
        for (int edge = 0; edge < space.DecisionCount; edge++)
        {
            foreach (int[] cells in Lines(space, edge))
            {
                double idle = Math.Max(upper[cells[Idle[0]]], upper[cells[Idle[1]]]);
                double busy = double.PositiveInfinity;
                for (int operation = 0; operation < cells.Length; operation++)
                {
                    if (!Idle.Contains((byte)operation))
                    {
                        upper[cells[operation]] = Math.Max(upper[cells[operation]], idle);
                        busy = Math.Min(busy, lower[cells[operation]]);
                    }
                }

                foreach (byte operation in Idle)
                {
                    lower[cells[operation]] = Math.Min(lower[cells[operation]], busy);
                }
            }
        }

        return [.. upper.Zip(lower, (high, low) => (high + low) / 2)];
    }

    /// <summary>The cells that differ only in one edge, by its operation.</summary>
    private static IEnumerable<int[]> Lines(ISearchSpace space, int edge)
    {
        byte[] genotype = new byte[space.DecisionCount];
        for (int index = 0; index < space.Size; index++)
        {
            if (space.Genotype(index)[edge] == 0)
            {
                space.Genotype(index).CopyTo(genotype);
                int[] line = new int[space.Operations.Count];
                for (byte operation = 0; operation < line.Length; operation++)
                {
                    genotype[edge] = operation;
                    line[operation] = space.IndexOf(genotype);
                }

                yield return line;
            }
        }
    }
}
