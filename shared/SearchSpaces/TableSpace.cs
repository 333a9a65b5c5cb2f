using System.Globalization;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// A closed space of decisions with choices of their own: those architectures that somebody has measured, in the order of their table. Most
/// genotypes may be none of them. Or what a search has looked at of an open space, in the order in which it came to them.
/// </summary>
public sealed class TableSpace : ISearchSpace
{
    /// <summary>Most choices of one decision.</summary>
    public const int MaxChoices = 200;

    private readonly Decision[] _decisions;
    private readonly byte[][] _genotypes;
    private readonly Dictionary<string, int> _indices = [];
    private readonly HashSet<int> _empty = [];
    private readonly Lazy<double[][]> _features;
    private readonly SpaceCosts _costs;
    private readonly DecisionNotation _notation;

    /// <summary>Makes the space.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="decisions">The decisions, with 2 to <see cref="MaxChoices"/> choices each.</param>
    /// <param name="genotypes">The architectures, each once; one of no decision is a place that none has taken.</param>
    /// <param name="costs">What the architectures cost.</param>
    /// <param name="open">The open space that they are of; null for a closed one.</param>
    /// <exception cref="ArgumentException">An architecture occurs twice.</exception>
    public TableSpace(string name, IReadOnlyList<Decision> decisions, IReadOnlyList<byte[]> genotypes, SpaceCosts costs, OpenSample? open = null)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(genotypes);
        Name = name;
        _decisions = [.. decisions];
        _genotypes = [.. genotypes];
        Open = open?.Space;
        SampleSize = open?.Size ?? _genotypes.Length;
        _costs = costs;
        _notation = new(_decisions);
        for (int index = 0; index < _genotypes.Length; index++)
        {
            if (_genotypes[index].Length == 0)
            {
                _empty.Add(index);
                _genotypes[index] = new byte[_decisions.Length];
            }
            else if (!_indices.TryAdd(KeyOf(_genotypes[index]), index))
            {
                throw new ArgumentException($"Architecture {index} occurs twice: {_notation.Format(_genotypes[index])}.", nameof(genotypes));
            }
        }

        Operations = [.. _decisions.SelectMany(decision => decision.Choices).Distinct()];
        DecisionNames = [.. _decisions.Select(decision => decision.Name)];
        IsComplete = _decisions.Aggregate(1.0, (size, decision) => size * decision.Choices.Count) == _genotypes.Length;
        double[]?[] values = Array.ConvertAll(_decisions, decision => decision.Values());
        PathFeatureCount = values.Zip(_decisions, (numbers, decision) => numbers is null ? decision.Choices.Count : 1).Sum();
        _features = new(() => Array.ConvertAll(_genotypes, genotype => Features(genotype, values).ToArray()));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Size => _genotypes.Length;

    /// <inheritdoc/>
    public int DecisionCount => _decisions.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> Operations { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> DecisionNames { get; }

    /// <inheritdoc/>
    public bool IsComplete { get; }

    /// <inheritdoc/>
    public bool IsOfCells => false;

    /// <inheritdoc/>
    public DecisionSpace? Open { get; }

    /// <inheritdoc/>
    public int SampleSize { get; }

    /// <inheritdoc/>
    public int PathFeatureCount { get; }

    /// <inheritdoc/>
    public int OrderFeatureCount => 0;

    /// <inheritdoc/>
    /// <remarks>Of decisions alone nobody can tell that two architectures compute the same.</remarks>
    public int FunctionCount => Size;

    /// <inheritdoc/>
    public string ComplexityUnit => _costs.ComplexityUnit;

    /// <inheritdoc/>
    public IReadOnlyList<string> ChoicesOf(int decision) => _decisions[decision].Choices;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Genotype(int index) => (uint)index < (uint)Size ? _genotypes[index] : throw OutOfRange(index);

    /// <inheritdoc/>
    public int IndexOf(ReadOnlySpan<byte> genotype)
    {
        if (genotype.Length != _decisions.Length)
        {
            throw new ArgumentException($"A genotype of {Name} has {_decisions.Length} decisions, this one has {genotype.Length}.", nameof(genotype));
        }

        return _indices.GetValueOrDefault(KeyOf(genotype), -1);
    }

    /// <inheritdoc/>
    public string Format(ReadOnlySpan<byte> genotype) => _notation.Format(genotype);

    /// <inheritdoc/>
    public bool TryRead(string? text, Span<byte> genotype, out string? error)
    {
        error = _notation.Parse(text, genotype);
        return error is null;
    }

    /// <inheritdoc/>
    public int FunctionId(int index) => (uint)index < (uint)Size ? index : throw OutOfRange(index);

    /// <inheritdoc/>
    /// <remarks>All but places that no architecture has taken.</remarks>
    public bool IsConnected(int index) => !_empty.Contains(index);

    /// <inheritdoc/>
    /// <remarks>A decision between numbers is one feature, its number; any other is a feature a choice, 0 or 1.</remarks>
    public void WritePathFeatures(int index, Span<double> destination) => _features.Value[index].CopyTo(destination);

    /// <inheritdoc/>
    public void WriteOrderFeatures(int index, Span<double> destination)
    {
    }

    /// <inheritdoc/>
    public double ParamsM(int index, int classes = 10) => _costs.ParamsM?[index] ?? double.NaN;

    /// <inheritdoc/>
    public double FlopsM(int index, int resolution = 32, int classes = 10) => _costs.FlopsM?[index] ?? double.NaN;

    /// <inheritdoc/>
    public double Complexity(int index) => _costs.Complexity[index];

    private IEnumerable<double> Features(byte[] genotype, double[]?[] values)
    {
        for (int decision = 0; decision < genotype.Length; decision++)
        {
            if (values[decision] is { } numbers)
            {
                yield return numbers[genotype[decision]];
                continue;
            }

            for (int choice = 0; choice < _decisions[decision].Choices.Count; choice++)
            {
                yield return genotype[decision] == choice ? 1 : 0;
            }
        }
    }

    internal static string KeyOf(ReadOnlySpan<byte> genotype) => Convert.ToHexString(genotype);

    private ArgumentOutOfRangeException OutOfRange(int index) => new(
        nameof(index), index, string.Create(CultureInfo.InvariantCulture, $"Architectures of {Name} are numbered 0..{Size - 1}."));
}

/// <summary>The open space that a search looks at some architectures of.</summary>
/// <param name="Space">The space.</param>
/// <param name="Size">How many of the first of them are a sample, which scales and partitions go by.</param>
public sealed record OpenSample(DecisionSpace Space, int Size);

/// <summary>What the architectures of a space cost, by index.</summary>
/// <param name="ParamsM">Trainable parameters in millions, or null where nobody knows them.</param>
/// <param name="FlopsM">Multiply-accumulates of one inference in millions, or null.</param>
/// <param name="Complexity">What partitions by complexity go by.</param>
/// <param name="ComplexityUnit">What that counts.</param>
public sealed record SpaceCosts(IReadOnlyList<double>? ParamsM, IReadOnlyList<double>? FlopsM, IReadOnlyList<double> Complexity, string ComplexityUnit);
