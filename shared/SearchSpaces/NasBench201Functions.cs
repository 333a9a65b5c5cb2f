namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// Names the functions that cells compute. Two cells have the same name when one becomes the other by algebra that holds for any weights
/// and so leaves training as it is.
/// </summary>
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
/// <para>
/// A node's value is a sum of terms, each written as text: <c>x</c> is the cell's input, <c>p</c> before a term its average pooling,
/// <c>3a(...)</c> the output of the 3x3 convolution called a, and <c>ba</c> the shift that is left of it where its input is zero. Names
/// keep a convolution that is read twice apart from two that are alike. Cells agree when some way to name their convolutions makes their
/// texts equal: of all ways, the first text in alphabetical order stands for the function.
/// </para>
/// </remarks>
internal static class NasBench201Functions
{
    private const string Input = "x";
    private const string Constant = "constant";
    private const char Shift = 'b';
    private const char Nameless = '_';
    private static readonly char[] DistinctNames = ['A', 'B', 'C', 'D', 'E', 'F'];

    /// <summary>The name of a cell's function.</summary>
    public static string Canonical(ReadOnlySpan<byte> genotype)
    {
        string named = Expression(genotype, DistinctNames).Output;
        if (!named.Contains(Input, StringComparison.Ordinal))
        {
            return Constant;
        }

        // Only convolutions of the same text but for the names can stand for one another.
        string?[] nameless = Expression(genotype, [.. Enumerable.Repeat(Nameless, DistinctNames.Length)]).Convolutions;
        int[][] alike =
        [
            .. Enumerable.Range(0, nameless.Length)
                .Where(edge => nameless[edge] is not null && named.Contains(DistinctNames[edge], StringComparison.Ordinal))
                    .GroupBy(edge => nameless[edge]!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray()),
        ];
        string? first = null;
        foreach (int[] order in Orders(alike, 0))
        {
            char[] names = new char[DistinctNames.Length];
            for (int place = 0; place < order.Length; place++)
            {
                names[order[place]] = DistinctNames[place];
            }

            string text = Expression(genotype, names).Output;
            first = first is null || string.CompareOrdinal(text, first) < 0 ? text : first;
        }

        return first!;
    }

    /// <summary>
    /// The text of the output, and of the convolution on each edge that has one, with convolutions called by the names of their edges.
    /// </summary>
    private static (string Output, string?[] Convolutions) Expression(ReadOnlySpan<byte> genotype, char[] names)
    {
        string?[] convolutions = new string?[names.Length];
        string[] input = [Input];
        string[] node1 = Terms(genotype, 0, input);
        string[] node2 = [.. Terms(genotype, 1, input), .. Terms(genotype, 2, node1)];
        string[] output = [.. Terms(genotype, 3, input), .. Terms(genotype, 4, node1), .. Terms(genotype, 5, node2)];
        return (Sum(output), convolutions);

        string[] Terms(ReadOnlySpan<byte> genotype, int edge, string[] node)
        {
            NasBench201Operation operation = (NasBench201Operation)genotype[edge];
            switch (operation)
            {
                case NasBench201Operation.None:
                    return [];
                case NasBench201Operation.SkipConnect:
                    return node;
                case NasBench201Operation.AvgPool3x3:
                    // The pooling of a sum is the sum of the poolings, and that of a shift, which is the same everywhere, the shift.
                    return Array.ConvertAll(node, term => IsShift(term) ? term : $"p{term}");
                case NasBench201Operation.Conv3x3 when node.Length > 0:
                    return [convolutions[edge] = $"3{names[edge]}({Sum(node)})"];
                case NasBench201Operation.Conv1x1 when !Array.TrueForAll(node, IsShift):
                    return [convolutions[edge] = $"1{names[edge]}({Sum(node)})"];
                default:
                    // Normalisation makes zero of what is the same everywhere. A 3x3 convolution of a shift is not: it sees the border.
                    return [convolutions[edge] = $"{Shift}{names[edge]}"];
            }
        }
    }

    private static bool IsShift(string term) => term[0] == Shift;

    private static string Sum(string[] terms)
    {
        string[] sorted = [.. terms];
        Array.Sort(sorted, StringComparer.Ordinal);
        return string.Join('+', sorted);
    }

    /// <summary>Every order of the edges that keeps the groups in their order.</summary>
    private static IEnumerable<int[]> Orders(int[][] groups, int from)
    {
        if (from == groups.Length)
        {
            return [[]];
        }

        return Permutations(groups[from]).SelectMany(first => Orders(groups, from + 1), (first, rest) => (int[])[.. first, .. rest]);
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);
}
