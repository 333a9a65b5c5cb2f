using System.Runtime.CompilerServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// A space of all cells of the NAS-Bench-201 graph: four nodes, an edge from every earlier node to every later one, and on each edge any of
/// the same operations.
/// </summary>
/// <remarks>
/// A genotype lists the operations of the edges 0-&gt;1, 0-&gt;2, 1-&gt;2, 0-&gt;3, 1-&gt;3, 2-&gt;3, the order in which they stand in the
/// notation <c>|op~0|+|op~0|op~1|+|op~0|op~1|op~2|</c>.
/// </remarks>
public abstract class CellSpace : ISearchSpace
{
    internal const int Edges = 6;

    private static readonly string[] EdgeNames = ["0->1", "0->2", "1->2", "0->3", "1->3", "2->3"];

    private readonly string[] _operations;
    private readonly byte[] _genotypes;
    private readonly ushort[] _indexOfCode;
    private readonly Lazy<(int[] Ids, int Count)> _functions;

    /// <summary>Makes the space.</summary>
    /// <param name="codes">
    /// For each index the genotype as a number with a digit an operation, that of edge 0-&gt;1 the lowest.
    /// </param>
    // Runs once, at the start of the process: a loop like this is slow in the first tier of compilation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected CellSpace(string name, string[] operations, ushort[] codes)
    {
        Name = name;
        _operations = operations;
        _genotypes = new byte[codes.Length * Edges];
        _indexOfCode = new ushort[codes.Length];
        for (int index = 0; index < codes.Length; index++)
        {
            int code = codes[index];
            _indexOfCode[code] = (ushort)index;
            for (int edge = 0; edge < Edges; edge++)
            {
                (code, int operation) = Math.DivRem(code, operations.Length);
                _genotypes[(index * Edges) + edge] = (byte)operation;
            }
        }

        _functions = new(NumberFunctions);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Size => _indexOfCode.Length;

    /// <inheritdoc/>
    public int DecisionCount => Edges;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operations => _operations;

    /// <inheritdoc/>
    public IReadOnlyList<string> DecisionNames => EdgeNames;

    /// <inheritdoc/>
    public int PathFeatureCount => NasBench201PathFeatures.Count;

    /// <inheritdoc/>
    public int OrderFeatureCount => NasBench201OrderFeatures.Count;

    /// <inheritdoc/>
    public int FunctionCount => _functions.Value.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Genotype(int index) => _genotypes.AsSpan(Checked(index) * Edges, Edges);

    /// <inheritdoc/>
    public int IndexOf(ReadOnlySpan<byte> genotype)
    {
        if (genotype.Length != Edges)
        {
            throw new ArgumentException($"A genotype of {Name} has {Edges} operations, this one has {genotype.Length}.", nameof(genotype));
        }

        int code = 0;
        for (int edge = Edges - 1; edge >= 0; edge--)
        {
            code = genotype[edge] < _operations.Length
                ? (code * _operations.Length) + genotype[edge]
                : throw new ArgumentException(
                    $"Operation number {genotype[edge]} on edge {EdgeNames[edge]} is outside 0..{_operations.Length - 1}.",
                    nameof(genotype));
        }

        return _indexOfCode[code];
    }

    /// <inheritdoc/>
    public string Format(ReadOnlySpan<byte> genotype) => NasBench201Notation.Format(genotype, _operations);

    /// <inheritdoc/>
    public bool TryRead(string? text, Span<byte> genotype, out string? error)
    {
        error = NasBench201Notation.Parse(text, _operations, EdgeNames, genotype);
        return error is null;
    }

    /// <inheritdoc/>
    public int FunctionId(int index) => _functions.Value.Ids[Checked(index)];

    /// <inheritdoc/>
    public abstract bool IsConnected(int index);

    /// <inheritdoc/>
    /// <remarks>See <see cref="NasBench201PathFeatures"/> for the layout.</remarks>
    public void WritePathFeatures(int index, Span<double> destination)
        => NasBench201PathFeatures.Write(CellPaths.Of(Genotype(index)), Checked(destination, PathFeatureCount));

    /// <inheritdoc/>
    /// <remarks>See <see cref="NasBench201OrderFeatures"/> for the layout.</remarks>
    public void WriteOrderFeatures(int index, Span<double> destination)
        => NasBench201OrderFeatures.Write(Genotype(index), Checked(destination, OrderFeatureCount));

    /// <inheritdoc/>
    public abstract double ParamsM(int index, int classes = 10);

    /// <inheritdoc/>
    public abstract double FlopsM(int index, int resolution = 32, int classes = 10);

    private protected int Checked(int index) => (uint)index < (uint)Size
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Architectures of {Name} are numbered 0..{Size - 1}.");

    /// <summary>A text that cells of one function have and no others.</summary>
    private protected abstract string FunctionOf(ReadOnlySpan<byte> genotype);

    private static Span<double> Checked(Span<double> destination, int count) => destination.Length >= count
        ? destination
        : throw new ArgumentException($"The destination holds {destination.Length} values, {count} are written.", nameof(destination));

    /// <summary>Numbers follow the first cell, in index order, that computes the function.</summary>
    private (int[] Ids, int Count) NumberFunctions()
    {
        int[] ids = new int[Size];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int index = 0; index < ids.Length; index++)
        {
            string function = FunctionOf(Genotype(index));
            if (!numbers.TryGetValue(function, out ids[index]))
            {
                numbers.Add(function, ids[index] = numbers.Count);
            }
        }

        return (ids, numbers.Count);
    }
}
