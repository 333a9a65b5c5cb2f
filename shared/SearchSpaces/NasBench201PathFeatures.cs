namespace PelNas.Shared.SearchSpaces;

/// <summary>The feature vector of a <see cref="NasBench201"/> cell, a function of its live paths alone.</summary>
/// <remarks>
/// <para>
/// 0..15: the four paths in the order of <see cref="CellPaths"/>, four values each: live (0 or 1), 3x3 convolutions, 1x1 convolutions,
/// poolings. A dead path is all zeroes.
/// </para>
/// <para>
/// 16..21: number of live paths; of those without any operation (identities), with a pooling, with a convolution, with convolutions and no
/// pooling, with poolings and no convolution.
/// </para>
/// <para>22: number of live paths that differ in their counts.</para>
/// <para>23..25: 3x3 convolutions, 1x1 convolutions and poolings, each summed over the live paths.</para>
/// <para>
/// 26..31: greatest and least depth (operations on a path); greatest and least number of convolutions; greatest number of 3x3 convolutions
/// and of poolings.
/// </para>
/// <para>32: least radius of a path's receptive field (its 3x3 convolutions and poolings).</para>
/// <para>33..35: whether some path has at least 1, 2, 3 convolutions. 36..38: the same for 3x3 convolutions.</para>
/// <para>39: whether a path without convolution runs beside one with convolutions (a residual connection).</para>
/// <para>A cell without a live path is all zeroes.</para>
/// </remarks>
internal static class NasBench201PathFeatures
{
    public const int Count = 40;

    private const int ValuesPerPath = 4;
    private const int Summary = CellPaths.Maximum * ValuesPerPath;

    public static void Write(CellPaths paths, Span<double> destination)
    {
        Span<double> features = destination[..Count];
        features.Clear();
        if (paths.LiveCount > 0)
        {
            WritePaths(paths, features[..Summary]);
            WriteCounts(paths, features[Summary..]);
            WriteExtents(paths, features[(Summary + 10)..]);
        }
    }

    private static void WritePaths(CellPaths paths, Span<double> values)
    {
        for (int rank = 0; rank < paths.LiveCount; rank++)
        {
            Span<double> part = values.Slice(rank * ValuesPerPath, ValuesPerPath);
            part[0] = 1;
            part[1] = paths[rank].Conv3;
            part[2] = paths[rank].Conv1;
            part[3] = paths[rank].Pool;
        }
    }

    private static void WriteCounts(CellPaths paths, Span<double> values)
    {
        values[0] = paths.LiveCount;
        for (int rank = 0; rank < paths.LiveCount; rank++)
        {
            CellPath path = paths[rank];
            values[1] += path.Depth == 0 ? 1 : 0;
            values[2] += path.Pool > 0 ? 1 : 0;
            values[3] += path.Convolutions > 0 ? 1 : 0;
            values[4] += path.Convolutions > 0 && path.Pool == 0 ? 1 : 0;
            values[5] += path.Convolutions == 0 && path.Pool > 0 ? 1 : 0;
            values[6] += rank == 0 || path != paths[rank - 1] ? 1 : 0;
            values[7] += path.Conv3;
            values[8] += path.Conv1;
            values[9] += path.Pool;
        }
    }

    private static void WriteExtents(CellPaths paths, Span<double> values)
    {
        Extent depth = Extent.Empty;
        Extent convolutions = Extent.Empty;
        Extent conv3 = Extent.Empty;
        Extent pool = Extent.Empty;
        Extent radius = Extent.Empty;
        for (int rank = 0; rank < paths.LiveCount; rank++)
        {
            CellPath path = paths[rank];
            depth = depth.With(path.Depth);
            convolutions = convolutions.With(path.Convolutions);
            conv3 = conv3.With(path.Conv3);
            pool = pool.With(path.Pool);
            radius = radius.With(path.Conv3 + path.Pool);
        }

        values[0] = depth.Greatest;
        values[1] = depth.Least;
        values[2] = convolutions.Greatest;
        values[3] = convolutions.Least;
        values[4] = conv3.Greatest;
        values[5] = pool.Greatest;
        values[6] = radius.Least;
        for (int level = 1; level <= 3; level++)
        {
            values[6 + level] = convolutions.Greatest >= level ? 1 : 0;
            values[9 + level] = conv3.Greatest >= level ? 1 : 0;
        }

        values[13] = convolutions.Least == 0 && convolutions.Greatest > 0 ? 1 : 0;
    }

    private readonly record struct Extent(int Least, int Greatest)
    {
        public static Extent Empty => new(int.MaxValue, int.MinValue);

        public Extent With(int value) => new(Math.Min(Least, value), Math.Max(Greatest, value));
    }
}
