using System.Runtime.CompilerServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// The four input-output paths of a <see cref="NasBench201"/> cell (0-3, 0-1-3, 0-2-3, 0-1-2-3) as operation counts, richest first
/// and dead ones last. A path is dead when an edge on it is <c>none</c>; skips do not count, so that cells of one function agree.
/// </summary>
internal readonly struct CellPaths
{
    public const int Maximum = 4;

    /// <summary>The edges of each path, by the order of the genotype.</summary>
    public static readonly int[][] EdgesOfPath = [[3], [0, 4], [1, 5], [0, 2, 5]];

    private readonly Four _paths;

    private CellPaths(Four paths, int liveCount)
    {
        _paths = paths;
        LiveCount = liveCount;
    }

    public int LiveCount { get; }

    /// <summary>Live path number <paramref name="rank"/>, in descending order of 3x3 convolutions, 1x1 convolutions, poolings.</summary>
    public CellPath this[int rank] => _paths[rank];

    public static CellPaths Of(ReadOnlySpan<byte> genotype)
    {
        Four paths = default;
        int live = 0;
        foreach (int[] edges in EdgesOfPath)
        {
            if (Count(genotype, edges) is CellPath path)
            {
                paths[live++] = path;
            }
        }

        ((Span<CellPath>)paths)[..live].Sort((x, y) => y.SortKey.CompareTo(x.SortKey));
        return new(paths, live);
    }

    /// <summary>Whether any path is live.</summary>
    public static bool HasLive(ReadOnlySpan<byte> genotype)
    {
        foreach (int[] edges in EdgesOfPath)
        {
            if (IsLive(genotype, edges))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether no edge of a path is <c>none</c>.</summary>
    public static bool IsLive(ReadOnlySpan<byte> genotype, int[] edges)
    {
        foreach (int edge in edges)
        {
            if ((NasBench201Operation)genotype[edge] == NasBench201Operation.None)
            {
                return false;
            }
        }

        return true;
    }

    private static CellPath? Count(ReadOnlySpan<byte> genotype, int[] edges)
    {
        int conv3 = 0;
        int conv1 = 0;
        int pool = 0;
        foreach (int edge in edges)
        {
            switch ((NasBench201Operation)genotype[edge])
            {
                case NasBench201Operation.None:
                    return null;
                case NasBench201Operation.Conv3x3:
                    conv3++;
                    break;
                case NasBench201Operation.Conv1x1:
                    conv1++;
                    break;
                case NasBench201Operation.AvgPool3x3:
                    pool++;
                    break;
                default:
                    break;
            }
        }

        return new(conv3, conv1, pool);
    }

    [InlineArray(Maximum)]
    private struct Four
    {
        private CellPath _first;
    }
}

/// <summary>Operations along one live path.</summary>
internal readonly record struct CellPath(int Conv3, int Conv1, int Pool)
{
    public int Convolutions => Conv3 + Conv1;

    public int Depth => Conv3 + Conv1 + Pool;

    /// <summary>No count exceeds 3, so two bits hold one.</summary>
    public int SortKey => (Conv3 << 4) | (Conv1 << 2) | Pool;
}
