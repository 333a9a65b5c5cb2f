namespace PelNas.Shared.SearchSpaces;

/// <summary>The feature vector of a <see cref="NasBench201"/> cell, a function of its live paths alone.</summary>
/// <remarks>
/// <para>0..19: the four paths in the order of <see cref="CellPaths"/>, five values each: live (0 or 1), 3x3 convolutions, 1x1 convolutions, poolings, depth. A dead path is all zeroes.</para>
/// <para>20..23: number of live paths, of those without any operation (identities), with a pooling, with a convolution.</para>
/// <para>24..26: 3x3 convolutions, 1x1 convolutions and poolings, each summed over the live paths.</para>
/// <para>27..32: greatest and least depth; greatest and least number of convolutions on a path; greatest number of 3x3 convolutions and of poolings.</para>
/// <para>33..35: whether some path has at least 1, 2, 3 convolutions. 36..38: the same for 3x3 convolutions.</para>
/// <para>39: whether a path without convolution runs beside one with convolutions (a residual connection).</para>
/// </remarks>
internal static class NasBench201PathFeatures
{
    public const int Count = 40;

    private const int ValuesPerPath = 5;
    private const int Summary = CellPaths.Maximum * ValuesPerPath;

    public static void Write(CellPaths paths, Span<double> destination)
    {
        Span<double> features = destination[..Count];
        features.Clear();
        if (paths.LiveCount == 0)
        {
            return;
        }

        Extent depth = Extent.Empty;
        Extent convolutions = Extent.Empty;
        Extent conv3 = Extent.Empty;
        Extent pool = Extent.Empty;
        Span<double> summary = features[Summary..];
        summary[0] = paths.LiveCount;
        for (int rank = 0; rank < paths.LiveCount; rank++)
        {
            CellPath path = paths[rank];
            WritePath(path, features.Slice(rank * ValuesPerPath, ValuesPerPath));
            summary[1] += path.Depth == 0 ? 1 : 0;
            summary[2] += path.Pool > 0 ? 1 : 0;
            summary[3] += path.Convolutions > 0 ? 1 : 0;
            summary[4] += path.Conv3;
            summary[5] += path.Conv1;
            summary[6] += path.Pool;
            depth = depth.With(path.Depth);
            convolutions = convolutions.With(path.Convolutions);
            conv3 = conv3.With(path.Conv3);
            pool = pool.With(path.Pool);
        }

        summary[7] = depth.Greatest;
        summary[8] = depth.Least;
        summary[9] = convolutions.Greatest;
        summary[10] = convolutions.Least;
        summary[11] = conv3.Greatest;
        summary[12] = pool.Greatest;
        for (int level = 1; level <= 3; level++)
        {
            summary[12 + level] = convolutions.Greatest >= level ? 1 : 0;
            summary[15 + level] = conv3.Greatest >= level ? 1 : 0;
        }

        summary[19] = convolutions.Least == 0 && convolutions.Greatest > 0 ? 1 : 0;
    }

    private static void WritePath(CellPath path, Span<double> values)
    {
        values[0] = 1;
        values[1] = path.Conv3;
        values[2] = path.Conv1;
        values[3] = path.Pool;
        values[4] = path.Depth;
    }

    private readonly record struct Extent(int Least, int Greatest)
    {
        public static Extent Empty => new(int.MaxValue, int.MinValue);

        public Extent With(int value) => new(Math.Min(Least, value), Math.Max(Greatest, value));
    }
}
