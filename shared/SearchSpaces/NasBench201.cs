using System.Runtime.CompilerServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// The cell space of NAS-Bench-201 (Dong and Yang, ICLR 2020), also the topology space of NATS-Bench: four nodes, an edge from
/// every earlier node to every later one, five operations per edge, 5^6 = 15,625 cells.
/// </summary>
/// <remarks>
/// <para>
/// A genotype lists the operations of the edges 0-&gt;1, 0-&gt;2, 1-&gt;2, 0-&gt;3, 1-&gt;3, 2-&gt;3, the order in which they
/// stand in the notation <c>|op~0|+|op~0|op~1|+|op~0|op~1|op~2|</c>.
/// </para>
/// <para>
/// The authors numbered the cells after shuffling them, so an index follows from no formula. The permutation is embedded in the
/// assembly: for each index the genotype read as a number of base 5 with edge 0-&gt;1 as the lowest digit, two bytes, little-endian.
/// </para>
/// </remarks>
public sealed class NasBench201 : ISearchSpace
{
    /// <summary>Names the order of the cells for other programs: there are several, and a permuted one looks as good.</summary>
    public const string IndexOrder = "as published with NAS-Bench-201-v1_1";

    internal const int Edges = 6;
    internal const int CellCount = 15_625;

    private static readonly string[] OperationNames = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];
    private static readonly string[] EdgeNames = ["0->1", "0->2", "1->2", "0->3", "1->3", "2->3"];
    private static readonly int[] PlaceValues = [1, 5, 25, 125, 625, 3125];

    private readonly byte[] _genotypes = new byte[CellCount * Edges];
    private readonly ushort[] _indexOfCode = new ushort[CellCount];
    private readonly Lazy<NasBench201Functions> _functions;

    // Runs once, at the start of the process: a loop like this is slow in the first tier of compilation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NasBench201()
    {
        ushort[] codes = NasBench201Order.Load();
        for (int index = 0; index < CellCount; index++)
        {
            int code = codes[index];
            _indexOfCode[code] = (ushort)index;
            for (int edge = 0; edge < Edges; edge++)
            {
                (code, int operation) = Math.DivRem(code, OperationNames.Length);
                _genotypes[(index * Edges) + edge] = (byte)operation;
            }
        }

        _functions = new(() => NasBench201Functions.Reduce(this));
    }

    /// <summary>The space. It never changes, so one instance serves everyone.</summary>
    public static NasBench201 Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "nas-bench-201";

    /// <inheritdoc/>
    public int Size => CellCount;

    /// <inheritdoc/>
    public int DecisionCount => Edges;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operations => OperationNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> DecisionNames => EdgeNames;

    /// <inheritdoc/>
    public int PathFeatureCount => NasBench201PathFeatures.Count;

    /// <inheritdoc/>
    public int OrderFeatureCount => NasBench201OrderFeatures.Count;

    /// <inheritdoc/>
    public int FunctionCount => _functions.Value.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Genotype(int index)
    {
        CheckIndex(index);
        return _genotypes.AsSpan(index * Edges, Edges);
    }

    /// <inheritdoc/>
    public int IndexOf(ReadOnlySpan<byte> genotype)
    {
        if (genotype.Length != Edges)
        {
            throw new ArgumentException($"A genotype of {Name} has {Edges} operations, this one has {genotype.Length}.", nameof(genotype));
        }

        int code = 0;
        for (int edge = 0; edge < Edges; edge++)
        {
            if (genotype[edge] >= OperationNames.Length)
            {
                throw new ArgumentException(
                    $"Operation number {genotype[edge]} on edge {EdgeNames[edge]} is outside 0..{OperationNames.Length - 1}.",
                    nameof(genotype));
            }

            code += genotype[edge] * PlaceValues[edge];
        }

        return _indexOfCode[code];
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
    /// <remarks>
    /// <para>
    /// Rules, each of which holds for any weights, their gradients included, up to rounding: <c>none</c>, a pooling of nothing and edges
    /// that reach no output add nothing; a skip passes its node's sum on; summands have no order and no brackets; the pooling of a sum is
    /// the sum of the poolings. A convolution of nothing leaves the shift of its normalisation, which is trained and which pooling leaves
    /// as it is; a 1x1 convolution of nothing but shifts leaves its own. All cells without a live path give constants and count as one.
    /// </para>
    /// <para>
    /// The benchmark's own reduction (<c>Structure.to_unique_str</c> with zeroes considered) has 6,466 classes. It keeps zero summands and
    /// brackets in sight, and joins what is not the same: a convolution that is read twice with the sum of two, and a shift with nothing.
    /// Decision 302 has the evidence.
    /// </para>
    /// </remarks>
    public int FunctionId(int index)
    {
        CheckIndex(index);
        return _functions.Value.Id(index);
    }

    /// <inheritdoc/>
    public bool IsConnected(int index) => CellPaths.HasLive(Genotype(index));

    /// <inheritdoc/>
    /// <remarks>See <see cref="NasBench201PathFeatures"/> for the layout.</remarks>
    public void WritePathFeatures(int index, Span<double> destination)
    {
        if (destination.Length < PathFeatureCount)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} values, {PathFeatureCount} are written.", nameof(destination));
        }

        NasBench201PathFeatures.Write(CellPaths.Of(Genotype(index)), destination);
    }

    /// <inheritdoc/>
    /// <remarks>See <see cref="NasBench201OrderFeatures"/> for the layout.</remarks>
    public void WriteOrderFeatures(int index, Span<double> destination)
    {
        if (destination.Length < OrderFeatureCount)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} values, {OrderFeatureCount} are written.", nameof(destination));
        }

        NasBench201OrderFeatures.Write(Genotype(index), destination);
    }

    /// <inheritdoc/>
    /// <remarks>Every edge of the genotype counts, dead ones included, as in the benchmark.</remarks>
    public double ParamsM(int index, int classes = 10) => NasBench201Network.Parameters(Genotype(index), classes) / 1e6;

    /// <inheritdoc/>
    /// <remarks>
    /// Convolutions and the classifier count (with its bias, as the benchmark does); normalisation, pooling and sums do not.
    /// </remarks>
    public double FlopsM(int index, int resolution = 32, int classes = 10) =>
        NasBench201Network.MultiplyAccumulates(Genotype(index), resolution, classes) / 1e6;

    private static void CheckIndex(int index)
    {
        if ((uint)index >= CellCount)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Architectures of nas-bench-201 are numbered 0..{CellCount - 1}.");
        }
    }
}
