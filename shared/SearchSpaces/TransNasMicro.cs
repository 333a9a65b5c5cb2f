namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// The cell space of TransNAS-Bench-101 (Duan et al., CVPR 2021), micro: the cell of NAS-Bench-201 without average pooling, 4^6 = 4,096
/// cells. An index is the genotype read as a number of base 4 with edge 0-&gt;1 as the highest digit.
/// </summary>
/// <remarks>
/// The network is another: where it halves the resolution a skip is a 1x1 convolution. Cells that differ in dead edges alone compute the
/// same; the other rules of <see cref="NasBench201"/> do not hold. The 169 cells without a live path are one function like any other, since
/// what its metrics are does not follow from the number of classes.
/// </remarks>
internal sealed class TransNasMicro : CellSpace
{
    /// <summary>Number of cells.</summary>
    public const int CellCount = 4_096;

    private const int OperationCount = 4;

    private readonly SpaceCosts _costs;

    /// <summary>Makes the space.</summary>
    /// <param name="costs">Parameters and multiply-accumulates of every cell's network.</param>
    public TransNasMicro(SpaceCosts costs)
        : base("transnas", [.. NasBench201.Instance.Operations.Take(OperationCount)], [.. Enumerable.Range(0, CellCount).Select(Reversed)])
        => _costs = costs;

    public override bool IsConnected(int index) => true;

    public override double ParamsM(int index, int classes = 10) => _costs.ParamsM![Checked(index)];

    public override double FlopsM(int index, int resolution = 32, int classes = 10) => _costs.FlopsM![Checked(index)];

    private protected override string FunctionOf(ReadOnlySpan<byte> genotype) => Format(LiveCell.Of(genotype));

    /// <summary>An index with its digits the other way round.</summary>
    private static ushort Reversed(int index)
    {
        int code = 0;
        for (int edge = 0; edge < Edges; edge++)
        {
            (index, int operation) = Math.DivRem(index, OperationCount);
            code = (code * OperationCount) + operation;
        }

        return (ushort)code;
    }
}
