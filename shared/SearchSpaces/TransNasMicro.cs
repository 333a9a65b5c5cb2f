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
public sealed class TransNasMicro : ISearchSpace
{
    /// <summary>Number of cells.</summary>
    public const int CellCount = 4_096;

    private const int Edges = NasBench201.Edges;

    private static readonly string[] OperationNames = [.. NasBench201.Instance.Operations.Take(4)];
    private static readonly string[] EdgeNames = [.. NasBench201.Instance.DecisionNames];

    private readonly byte[][] _genotypes = [.. Enumerable.Range(0, CellCount).Select(Digits)];
    private readonly int[] _functions = new int[CellCount];
    private readonly int[] _inNasBench201;
    private readonly SpaceCosts _costs;

    /// <summary>Makes the space.</summary>
    /// <param name="costs">Parameters and multiply-accumulates of every cell's network.</param>
    public TransNasMicro(SpaceCosts costs)
    {
        _costs = costs;
        _inNasBench201 = Array.ConvertAll(_genotypes, genotype => NasBench201.Instance.IndexOf(genotype));
        Dictionary<int, int> known = [];
        for (int index = 0; index < CellCount; index++)
        {
            int live = IndexOf(LiveCell.Of(_genotypes[index]));
            if (!known.TryGetValue(live, out _functions[index]))
            {
                known.Add(live, _functions[index] = known.Count);
            }
        }

        FunctionCount = known.Count;
    }

    /// <inheritdoc/>
    public string Name => "transnas";

    /// <inheritdoc/>
    public int Size => CellCount;

    /// <inheritdoc/>
    public int DecisionCount => Edges;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operations => OperationNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> DecisionNames => EdgeNames;

    /// <inheritdoc/>
    public int PathFeatureCount => NasBench201.Instance.PathFeatureCount;

    /// <inheritdoc/>
    public int OrderFeatureCount => NasBench201.Instance.OrderFeatureCount;

    /// <inheritdoc/>
    public int FunctionCount { get; }

    /// <inheritdoc/>
    public string ComplexityUnit => _costs.ComplexityUnit;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Genotype(int index) => _genotypes[Checked(index)];

    /// <inheritdoc/>
    public int IndexOf(ReadOnlySpan<byte> genotype)
    {
        int index = 0;
        foreach (byte operation in genotype)
        {
            index = operation < OperationNames.Length
                ? (index * OperationNames.Length) + operation
                : throw new ArgumentException($"Operation number {operation} is outside 0..{OperationNames.Length - 1}.", nameof(genotype));
        }

        return genotype.Length == Edges
            ? index
            : throw new ArgumentException(
                $"A genotype of {Name} has {Edges} operations, this one has {genotype.Length}.", nameof(genotype));
    }

    /// <inheritdoc/>
    public string Format(ReadOnlySpan<byte> genotype) => NasBench201Notation.Format(genotype, OperationNames);

    /// <inheritdoc/>
    public bool TryRead(string? text, Span<byte> genotype, out string? error)
    {
        error = NasBench201Notation.Parse(text, OperationNames, EdgeNames, genotype);
        return error is null;
    }

    /// <inheritdoc/>
    public int FunctionId(int index) => _functions[Checked(index)];

    /// <inheritdoc/>
    public bool IsConnected(int index) => true;

    /// <inheritdoc/>
    public void WritePathFeatures(int index, Span<double> destination)
        => NasBench201.Instance.WritePathFeatures(_inNasBench201[Checked(index)], destination);

    /// <inheritdoc/>
    public void WriteOrderFeatures(int index, Span<double> destination)
        => NasBench201.Instance.WriteOrderFeatures(_inNasBench201[Checked(index)], destination);

    /// <inheritdoc/>
    public double ParamsM(int index, int classes = 10) => _costs.ParamsM![Checked(index)];

    /// <inheritdoc/>
    public double FlopsM(int index, int resolution = 32, int classes = 10) => _costs.FlopsM![Checked(index)];

    /// <inheritdoc/>
    public double Complexity(int index) => _costs.Complexity[Checked(index)];

    private static byte[] Digits(int index)
    {
        byte[] genotype = new byte[Edges];
        for (int edge = Edges - 1; edge >= 0; edge--)
        {
            (index, int operation) = Math.DivRem(index, OperationNames.Length);
            genotype[edge] = (byte)operation;
        }

        return genotype;
    }

    private static int Checked(int index) => (uint)index < CellCount
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Architectures of transnas are numbered 0..{CellCount - 1}.");
}
