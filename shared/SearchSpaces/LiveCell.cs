using System.Numerics;
using System.Runtime.CompilerServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>A cell of the NAS-Bench-201 graph by what it computes: an edge on no path from input to output counts as <c>none</c>.</summary>
internal static class LiveCell
{
    private static readonly ConditionalWeakTable<ISearchSpace, byte[][]> Known = [];

    /// <summary>Each edge's end, by the order of the genotype.</summary>
    private static readonly int[] Ends = [1, 2, 2, 3, 3, 3];

    /// <summary>The six operations of each cell, dead edges <c>none</c>; computed once a process.</summary>
    public static byte[][] All(ISearchSpace space)
        => Known.GetValue(space, key => [.. Enumerable.Range(0, key.Size).Select(index => Of(key.Genotype(index)))]);

    /// <summary>Whether input and output are joined.</summary>
    public static bool IsAlive(byte[] cell) => Array.Exists(cell, operation => operation != (byte)NasBench201Operation.None);

    /// <summary>Number of live edges with an operation.</summary>
    public static int Count(byte[] cell, NasBench201Operation operation) => cell.Count(other => other == (byte)operation);

    /// <summary>A number that cells share which have as many live edges with each operation and as many nodes that they enter.</summary>
    public static int Summary(byte[] cell)
    {
        int summary = Nodes(cell);
        foreach (byte operation in cell)
        {
            summary += operation == (byte)NasBench201Operation.None ? 0 : 1 << (3 * operation);
        }

        return summary;
    }

    /// <summary>Number of nodes, without the input, that a live edge enters.</summary>
    public static int Nodes(byte[] cell)
    {
        int nodes = 0;
        for (int edge = 0; edge < cell.Length; edge++)
        {
            nodes |= cell[edge] == (byte)NasBench201Operation.None ? 0 : 1 << Ends[edge];
        }

        return BitOperations.PopCount((uint)nodes);
    }

    /// <summary>The six operations of a cell, dead edges <c>none</c>.</summary>
    public static byte[] Of(ReadOnlySpan<byte> genotype)
    {
        byte[] cell = new byte[genotype.Length];
        foreach (int[] path in CellPaths.EdgesOfPath)
        {
            if (CellPaths.IsLive(genotype, path))
            {
                foreach (int edge in path)
                {
                    cell[edge] = genotype[edge];
                }
            }
        }

        return cell;
    }
}
