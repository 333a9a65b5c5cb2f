using System.Runtime.CompilerServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// Numbers that say what a cell of the NAS-Bench-201 graph computes, by name, so that a rule about cells can be stated in words and
/// evaluated. Edges on no live path count for nothing. In a space of other decisions they say which choices an architecture makes.
/// </summary>
public sealed class CellTraits
{
    private static readonly ConditionalWeakTable<ISearchSpace, CellTraits> Known = [];

    private const string None = "none";
    private const string Skip = "skip_connect";
    private const string Convolution = "conv";

    private readonly ISearchSpace _space;
    private readonly Dictionary<string, int> _places;
    private readonly Lazy<byte[][]> _values;

    private CellTraits(ISearchSpace space)
    {
        _space = space;
        string[] operations = [.. space.Operations.Where(operation => operation != None)];
        Names = space.IsOfCells
            ?
            [
                .. operations,
                .. space.Operations.SelectMany(operation => space.DecisionNames.Select(edge => $"{operation}@{edge}")),
                .. operations.Select(operation => $"depth:{operation}"),
                "convolutions", "depth", "paths", "skipPaths",
            ]
            : [.. space.DecisionNames.SelectMany((decision, place) => space.ChoicesOf(place).Select(choice => $"{choice}@{decision}"))];
        _places = Names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.OrdinalIgnoreCase);
        _values = new(() => [.. Enumerable.Range(0, space.Size).Select(index => space.IsOfCells ? Evaluate(index) : Choices(index))]);
    }

    /// <summary>The traits of a space, evaluated once a process.</summary>
    public static CellTraits For(ISearchSpace space) => Known.GetValue(space, key => new CellTraits(key));

    /// <summary>
    /// The names: an operation, the number of live edges that bear it; <c>operation@edge</c>, 1 where that live edge bears it (or, for
    /// <c>none</c>, where the edge is dead) and else 0; <c>depth:operation</c>, most edges of one live path that bear it;
    /// <c>convolutions</c>, live edges with one; <c>depth</c>, most convolutions of one live path; <c>paths</c>, live paths;
    /// <c>skipPaths</c>, those of skips alone. In a space of other decisions <c>choice@decision</c>, 1 where that is the choice and else 0.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name of a trait as it is spelt here, or null when there is none.</summary>
    public string? Find(string? name) => name is not null && _places.TryGetValue(name.Trim(), out int place) ? Names[place] : null;

    /// <summary>A trait of a cell.</summary>
    /// <param name="index">The cell.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public int Of(int index, string name) => _values.Value[index][_places[name]];

    private byte[] Choices(int index)
    {
        byte[] values = new byte[Names.Count];
        int start = 0;
        for (int decision = 0; decision < _space.DecisionCount; decision++)
        {
            values[start + _space.Genotype(index)[decision]] = 1;
            start += _space.ChoicesOf(decision).Count;
        }

        return values;
    }

    private byte[] Evaluate(int index)
    {
        byte[] genotype = _space.Genotype(index).ToArray();
        int[][] live = [.. CellPaths.EdgesOfPath.Where(edges => CellPaths.IsLive(genotype, edges))];
        int[] liveEdges = [.. live.SelectMany(edges => edges).Distinct()];
        byte[] values = new byte[Names.Count];
        for (byte operation = 0; operation < _space.Operations.Count; operation++)
        {
            string name = _space.Operations[operation];
            for (int edge = 0; edge < genotype.Length; edge++)
            {
                bool isLive = liveEdges.Contains(edge);
                Set($"{name}@{_space.DecisionNames[edge]}", name == None ? !isLive : isLive && genotype[edge] == operation);
            }

            if (name != None)
            {
                values[_places[name]] = Count(liveEdges, edge => genotype[edge] == operation);
                values[_places[$"depth:{name}"]] = Deepest(edge => genotype[edge] == operation);
            }
        }

        values[_places["convolutions"]] = Count(liveEdges, IsConvolution);
        values[_places["depth"]] = Deepest(IsConvolution);
        values[_places["paths"]] = (byte)live.Length;
        values[_places["skipPaths"]] = (byte)live.Count(edges => edges.All(edge => _space.Operations[genotype[edge]] == Skip));
        return values;

        bool IsConvolution(int edge) => _space.Operations[genotype[edge]].Contains(Convolution, StringComparison.Ordinal);
        byte Count(int[] edges, Func<int, bool> counts) => (byte)edges.Count(counts);
        byte Deepest(Func<int, bool> counts) => live.Length == 0 ? (byte)0 : live.Max(edges => Count(edges, counts));
        void Set(string name, bool value) => values[_places[name]] = value ? (byte)1 : (byte)0;
    }
}
