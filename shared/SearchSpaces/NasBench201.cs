namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// The cell space of NAS-Bench-201 (Dong and Yang, ICLR 2020), also the topology space of NATS-Bench: five operations per edge,
/// 5^6 = 15,625 cells.
/// </summary>
/// <remarks>
/// The authors numbered the cells after shuffling them, so an index follows from no formula. The permutation is embedded in the
/// assembly: for each index the genotype read as a number of base 5 with edge 0-&gt;1 as the lowest digit, two bytes, little-endian.
/// </remarks>
public sealed class NasBench201 : CellSpace
{
    /// <summary>Names the order of the cells for other programs: there are several, and a permuted one looks as good.</summary>
    public const string IndexOrder = "as published with NAS-Bench-201-v1_1";

    internal const int CellCount = 15_625;

    private NasBench201()
        : base(
            "nas-bench-201", ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"], NasBench201Order.Load())
    {
    }

    /// <summary>The space. It never changes, so one instance serves everyone.</summary>
    public static NasBench201 Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsConnected(int index) => CellPaths.HasLive(Genotype(index));

    /// <inheritdoc/>
    /// <remarks>Every edge of the genotype counts, dead ones included, as in the benchmark.</remarks>
    public override double ParamsM(int index, int classes = 10) => NasBench201Network.Parameters(Genotype(index), classes) / 1e6;

    /// <inheritdoc/>
    /// <remarks>
    /// Convolutions and the classifier count (with its bias, as the benchmark does); normalisation, pooling and sums do not.
    /// </remarks>
    public override double FlopsM(int index, int resolution = 32, int classes = 10)
        => NasBench201Network.MultiplyAccumulates(Genotype(index), resolution, classes) / 1e6;

    private protected override string FunctionOf(ReadOnlySpan<byte> genotype) => NasBench201Functions.Canonical(genotype);
}
