namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// A closed space of decisions with choices of their own: those architectures that somebody has measured, in the order of their table. Most
/// genotypes may be none of them. Or what a search has looked at of an open space, in the order in which it came to them.
/// </summary>
internal sealed class TableSpace : ISearchSpace
{
    /// <summary>Most choices of one decision.</summary>
    public const int MaxChoices = 200;

    private readonly Decision[] _decisions;
    private readonly double[]?[] _values;
    private readonly DecisionNotation _notation;
    private readonly TableSpace? _before;
    private readonly int _start;
    private readonly byte[][] _genotypes;
    private readonly Dictionary<byte[], int> _indices = new(GenotypeComparer.Instance);
    private readonly SpaceCosts _costs;

    /// <summary>Makes the space.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="decisions">The decisions, with 2 to <see cref="MaxChoices"/> choices each.</param>
    /// <param name="genotypes">The architectures, each once; one of no decision is a place that none has taken.</param>
    /// <param name="costs">What the architectures cost.</param>
    /// <param name="open">The open space that they are of; null for a closed one.</param>
    /// <exception cref="ArgumentException">An architecture occurs twice.</exception>
    public TableSpace(
        string name, IReadOnlyList<Decision> decisions, IReadOnlyList<byte[]> genotypes, SpaceCosts costs, OpenSample? open = null)
    {
        Name = name;
        _decisions = [.. decisions];
        _values = Array.ConvertAll(_decisions, decision => decision.Values());
        _notation = new(_decisions);
        _genotypes = [.. genotypes];
        _costs = costs;
        Open = open?.Space;
        SampleSize = open?.Size ?? Size;
        Operations = [.. _decisions.SelectMany(decision => decision.Choices).Distinct()];
        DecisionNames = [.. _decisions.Select(decision => decision.Name)];
        IsComplete = _decisions.Aggregate(1.0, (size, decision) => size * decision.Choices.Count) == Size;
        PathFeatureCount = _values.Zip(_decisions, (numbers, decision) => numbers is null ? decision.Choices.Count : 1).Sum();
        Index();
    }

    private TableSpace(TableSpace before, IReadOnlyList<byte[]> further, SpaceCosts costs)
    {
        Name = before.Name;
        _decisions = before._decisions;
        _values = before._values;
        _notation = before._notation;
        _before = before;
        _start = before.Size;
        _genotypes = [.. further];
        _costs = costs;
        Open = before.Open;
        SampleSize = before.SampleSize;
        Operations = before.Operations;
        DecisionNames = before.DecisionNames;
        IsComplete = before.IsComplete && further.Count == 0;
        PathFeatureCount = before.PathFeatureCount;
        Index();
    }

    /// <summary>
    /// The space with more architectures after those that it has, which are shared rather than copied: a search makes a space for each
    /// architecture that is proposed.
    /// </summary>
    /// <param name="further">The architectures; one of no decision is a place that none has taken.</param>
    /// <param name="costs">What these cost.</param>
    /// <exception cref="ArgumentException">An architecture occurs twice.</exception>
    internal TableSpace Extend(IReadOnlyList<byte[]> further, SpaceCosts costs)
    {
        TableSpace before = this;

        // What is no longer than what follows it is copied, so that few spaces have to be asked one after another.
        while (before._before is { } earlier && before._genotypes.Length <= further.Count)
        {
            further = [.. before._genotypes, .. further];
            costs = before._costs.Then(costs);
            before = earlier;
        }

        return new TableSpace(before, further, costs);
    }

    private void Index()
    {
        for (int place = 0; place < _genotypes.Length; place++)
        {
            byte[] genotype = _genotypes[place];
            if (genotype.Length > 0 && (_before?.IndexOf(genotype) >= 0 || !_indices.TryAdd(genotype, _start + place)))
            {
                throw new ArgumentException($"Architecture {_start + place} occurs twice: {_notation.Format(genotype)}.", "genotypes");
            }
        }
    }

    public string Name { get; }

    public int Size => _start + _genotypes.Length;

    public int DecisionCount => _decisions.Length;

    public IReadOnlyList<string> Operations { get; }

    public IReadOnlyList<string> DecisionNames { get; }

    public bool IsComplete { get; }

    public bool IsOfCells => false;

    public DecisionSpace? Open { get; }

    public int SampleSize { get; }

    public int PathFeatureCount { get; }

    public int OrderFeatureCount => 0;

    /// <remarks>Of decisions alone nobody can tell that two architectures compute the same.</remarks>
    public int FunctionCount => Size;

    public string ComplexityUnit => _costs.ComplexityUnit;

    public IReadOnlyList<string> ChoicesOf(int decision) => _decisions[decision].Choices;

    public ReadOnlySpan<byte> Genotype(int index)
        => Holder(index).Own(index) is { Length: > 0 } genotype ? genotype : new byte[_decisions.Length];

    public int IndexOf(ReadOnlySpan<byte> genotype)
    {
        if (genotype.Length != _decisions.Length)
        {
            throw new ArgumentException(
                $"A genotype of {Name} has {_decisions.Length} decisions, this one has {genotype.Length}.", nameof(genotype));
        }

        for (TableSpace? holder = this; holder is not null; holder = holder._before)
        {
            if (holder._indices.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(genotype, out int index))
            {
                return index;
            }
        }

        return -1;
    }

    public string Format(ReadOnlySpan<byte> genotype) => _notation.Format(genotype);

    public bool TryRead(string? text, Span<byte> genotype, out string? error)
    {
        error = _notation.Parse(text, genotype);
        return error is null;
    }

    public int FunctionId(int index) => (uint)index < (uint)Size ? index : throw OutOfRange(index);

    /// <remarks>All but places that no architecture has taken.</remarks>
    public bool IsConnected(int index) => Holder(index).Own(index).Length > 0;

    /// <remarks>A decision between numbers is one feature, its number; any other is one feature per choice, 0 or 1.</remarks>
    public void WritePathFeatures(int index, Span<double> destination)
    {
        ReadOnlySpan<byte> genotype = Genotype(index);
        int feature = 0;
        for (int decision = 0; decision < genotype.Length; decision++)
        {
            if (_values[decision] is { } numbers)
            {
                destination[feature++] = numbers[genotype[decision]];
                continue;
            }

            for (int choice = 0; choice < _decisions[decision].Choices.Count; choice++)
            {
                destination[feature++] = genotype[decision] == choice ? 1 : 0;
            }
        }
    }

    public void WriteOrderFeatures(int index, Span<double> destination)
    {
    }

    public double ParamsM(int index, int classes = 10) => Cost(index, costs => costs.ParamsM);

    public double FlopsM(int index, int resolution = 32, int classes = 10) => Cost(index, costs => costs.FlopsM);

    public double Complexity(int index) => Cost(index, costs => costs.Complexity);

    private double Cost(int index, Func<SpaceCosts, IReadOnlyList<double>?> of)
    {
        TableSpace holder = Holder(index);
        return of(holder._costs)?[index - holder._start] ?? double.NaN;
    }

    /// <summary>The space that an architecture was added in.</summary>
    private TableSpace Holder(int index)
    {
        TableSpace holder = (uint)index < (uint)Size ? this : throw OutOfRange(index);
        while (index < holder._start)
        {
            holder = holder._before!;
        }

        return holder;
    }

    private byte[] Own(int index) => _genotypes[index - _start];

    private ArgumentOutOfRangeException OutOfRange(int index) => new(
        nameof(index), index, $"Architectures of {Name} are numbered 0..{Size - 1}.");
}
