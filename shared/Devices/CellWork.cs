using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Devices;

/// <summary>
/// What a device executes of a cell, counted under three kinds of runtime, since runtimes differ in what they leave out: one that runs a
/// network as it is written executes every edge, one that optimises the graph drops what the output does not need, and one that also folds
/// constants drops what has no input. Which kind a device is shows in its measurements.
/// </summary>
internal static class CellWork
{
    /// <summary>Numbers of one kind of runtime: edges with a 3x3 convolution, a 1x1 convolution, a pooling, a skip.</summary>
    public const int CountLength = 4;

    /// <summary>Counts, then most convolutions on one path, most convolutions and poolings on one path, edges that run.</summary>
    public const int ShapeLength = CountLength + 3;

    private const int EdgeCount = 6;

    /// <summary>The counts of every edge as it is written, of those that the output needs, and of those that also have an input.</summary>
    public static (double[] Written, double[] Needed, double[] Live) Counts(ReadOnlySpan<byte> cell)
    {
        (bool[] needed, bool[] live) = Running(cell);
        return (Count(cell, _ => true), Count(cell, edge => needed[edge]), Count(cell, edge => live[edge]));
    }

    /// <summary>The shape of the cell as it is written and of its live part.</summary>
    public static (double[] Written, double[] Live) Shapes(ReadOnlySpan<byte> cell)
    {
        (_, bool[] live) = Running(cell);
        return (Shape(cell, _ => true), Shape(cell, edge => live[edge]));
    }

    private static (bool[] Needed, bool[] Live) Running(ReadOnlySpan<byte> cell)
    {
        bool[] on = new bool[EdgeCount];
        for (int edge = 0; edge < EdgeCount; edge++)
        {
            on[edge] = Operation(cell, edge) != NasBench201Operation.None;
        }

        bool[] live = new bool[EdgeCount];
        foreach (int edge in CellPaths.EdgesOfPath.Where(path => path.All(edge => on[edge])).SelectMany(path => path))
        {
            live[edge] = true;
        }

        // A cell without any path gives constants, and nothing of it needs to run.
        bool any = live.Contains(true);
        bool second = any && on[5];
        bool first = any && (on[4] || (on[2] && second));
        return ([on[0] && first, on[1] && second, on[2] && second, any && on[3], any && on[4], any && on[5]], live);
    }

    private static double[] Count(ReadOnlySpan<byte> cell, Func<int, bool> runs)
    {
        double[] counts = new double[CountLength];
        for (int edge = 0; edge < EdgeCount; edge++)
        {
            if (runs(edge) && PlaceOf(Operation(cell, edge)) is int place and >= 0)
            {
                counts[place]++;
            }
        }

        return counts;
    }

    private static double[] Shape(ReadOnlySpan<byte> cell, Func<int, bool> runs)
    {
        double[] counts = Count(cell, runs);
        double convolutions = 0;
        double work = 0;
        foreach (int[] path in CellPaths.EdgesOfPath)
        {
            int[] places = new int[path.Length];
            for (int i = 0; i < path.Length; i++)
            {
                places[i] = runs(path[i]) ? PlaceOf(Operation(cell, path[i])) : -1;
            }

            if (!places.Contains(-1))
            {
                convolutions = Math.Max(convolutions, places.Count(place => place < 2));
                work = Math.Max(work, places.Count(place => place < 3));
            }
        }

        return [.. counts, convolutions, work, counts.Sum()];
    }

    private static NasBench201Operation Operation(ReadOnlySpan<byte> cell, int edge) => (NasBench201Operation)cell[edge];

    private static int PlaceOf(NasBench201Operation operation) => operation switch
    {
        NasBench201Operation.Conv3x3 => 0,
        NasBench201Operation.Conv1x1 => 1,
        NasBench201Operation.AvgPool3x3 => 2,
        NasBench201Operation.SkipConnect => 3,
        _ => -1,
    };
}
