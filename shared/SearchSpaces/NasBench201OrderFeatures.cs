namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// In what order the operations of a <see cref="NasBench201"/> cell's live paths follow one another, which
/// <see cref="NasBench201PathFeatures"/>, counts alone, miss: 1,877 of the 5,219 functions with a live path differ in their counts.
/// Path encodings (White et al. 2021, BANANAS, section 3) encode it with a column a sequence; these few columns leave less to learn.
/// </summary>
/// <remarks>
/// <para>
/// Each is a number over the live paths. Skips do not count, so that cells of one function agree, and identities have no operation.
/// </para>
/// <para>0..2: paths that begin with a 3x3 convolution, a 1x1 convolution, a pooling. 3..5: paths that end so.</para>
/// <para>
/// 6..11: neighbours on a path: pooling before convolution, convolution before pooling, 3x3 before 1x1, 1x1 before 3x3, two 3x3, two 1x1.
/// </para>
/// </remarks>
internal static class NasBench201OrderFeatures
{
    public const int Count = 12;

    private const int First = 0;
    private const int Last = 3;
    private const int Neighbours = 6;

    public static void Write(ReadOnlySpan<byte> genotype, Span<double> destination)
    {
        Span<double> features = destination[..Count];
        features.Clear();
        foreach (int[] edges in CellPaths.EdgesOfPath)
        {
            if (CellPaths.IsLive(genotype, edges))
            {
                WritePath(genotype, edges, features);
            }
        }
    }

    private static void WritePath(ReadOnlySpan<byte> genotype, int[] edges, Span<double> features)
    {
        NasBench201Operation? previous = null;
        foreach (int edge in edges)
        {
            NasBench201Operation operation = (NasBench201Operation)genotype[edge];
            if (operation == NasBench201Operation.SkipConnect)
            {
                continue;
            }

            if (previous is not { } before)
            {
                features[First + Place(operation)]++;
            }
            else if (PlaceOfPair(before, operation) is int place)
            {
                features[Neighbours + place]++;
            }

            previous = operation;
        }

        if (previous is { } last)
        {
            features[Last + Place(last)]++;
        }
    }

    private static int Place(NasBench201Operation operation) => operation switch
    {
        NasBench201Operation.Conv3x3 => 0,
        NasBench201Operation.Conv1x1 => 1,
        _ => 2,
    };

    private static int? PlaceOfPair(NasBench201Operation before, NasBench201Operation after) => (before, after) switch
    {
        (NasBench201Operation.AvgPool3x3, NasBench201Operation.AvgPool3x3) => null,
        (NasBench201Operation.AvgPool3x3, _) => 0,
        (_, NasBench201Operation.AvgPool3x3) => 1,
        (NasBench201Operation.Conv3x3, NasBench201Operation.Conv1x1) => 2,
        (NasBench201Operation.Conv1x1, NasBench201Operation.Conv3x3) => 3,
        (NasBench201Operation.Conv3x3, _) => 4,
        _ => 5,
    };
}
