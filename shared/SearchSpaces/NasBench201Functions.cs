namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// Numbers the functions of the cells. Mirrors <c>Structure.to_unique_str(consider_zero=True)</c> of the benchmark's code: a node's
/// expression is the sorted sum of its inputs' terms; see <see cref="NasBench201.FunctionId"/> for what that identifies.
/// </summary>
internal sealed class NasBench201Functions
{
    private const string Zero = "#";
    private const string Input = "0";

    private readonly ushort[] _ids;

    private NasBench201Functions(ushort[] ids, int count)
    {
        _ids = ids;
        Count = count;
    }

    public int Count { get; }

    public int Id(int index) => _ids[index];

    /// <summary>Numbers follow the first cell, in index order, that computes the function.</summary>
    public static NasBench201Functions Reduce(ISearchSpace space)
    {
        ushort[] ids = new ushort[space.Size];
        Dictionary<string, ushort> numbers = new(space.Size / 2, StringComparer.Ordinal);
        for (int index = 0; index < ids.Length; index++)
        {
            string function = Expression(space.Genotype(index));
            if (!numbers.TryGetValue(function, out ushort number))
            {
                number = (ushort)numbers.Count;
                numbers.Add(function, number);
            }

            ids[index] = number;
        }

        return new(ids, numbers.Count);
    }

    private static string Expression(ReadOnlySpan<byte> genotype)
    {
        string node1 = Term(genotype[0], Input);
        string node2 = Sum(Term(genotype[1], Input), Term(genotype[2], node1));
        return Sum(Term(genotype[3], Input), Term(genotype[4], node1), Term(genotype[5], node2));
    }

    private static string Term(byte operation, string node) => (NasBench201Operation)operation switch
    {
        _ when node == Zero => Zero,
        NasBench201Operation.None => Zero,
        NasBench201Operation.SkipConnect => node,
        NasBench201Operation.Conv1x1 => $"({node})1",
        NasBench201Operation.Conv3x3 => $"({node})3",
        _ => $"({node})p",
    };

    private static string Sum(params Span<string> terms)
    {
        terms.Sort(StringComparer.Ordinal);
        return string.Join('+', terms!);
    }
}
