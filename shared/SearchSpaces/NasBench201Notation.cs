using System.Text;

namespace PelNas.Shared.SearchSpaces;

/// <summary>Writes and reads <c>|op~0|+|op~0|op~1|+|op~0|op~1|op~2|</c>: one group per node, one <c>op~source</c> per edge.</summary>
internal static class NasBench201Notation
{
    private const string Shape = "|op~0|+|op~0|op~1|+|op~0|op~1|op~2|";
    private const int Nodes = 3;
    private const int QuotedLength = 40;

    public static string Format(ReadOnlySpan<byte> genotype, string[] operations)
    {
        StringBuilder text = new(96);
        int edge = 0;
        for (int node = 1; node <= Nodes; node++)
        {
            text.Append(node == 1 ? "|" : "+|");
            for (int source = 0; source < node; source++)
            {
                text.Append(operations[genotype[edge++]]).Append('~').Append((char)('0' + source)).Append('|');
            }
        }

        return text.ToString();
    }

    /// <summary>Fills the genotype and returns null, or returns one sentence that says what is wrong and where.</summary>
    public static string? Parse(string? text, string[] operations, string[] edges, Span<byte> genotype)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"The architecture is empty; write it as {Shape}.";
        }

        int position = text.Length - text.AsSpan().TrimStart().Length;
        string[] groups = text.Trim().Split('+');
        if (groups.Length != Nodes)
        {
            return $"The architecture has {Plural(groups.Length, "node")} separated by '+', but the cell has {Nodes}; write it as {Shape}.";
        }

        int edge = 0;
        for (int node = 1; node <= Nodes; node++)
        {
            string group = groups[node - 1];
            if (group.Length < 2 || group[0] != '|' || group[^1] != '|')
            {
                return $"Node {node} {At(position)} is {Quote(group)}, but a node starts and ends with '|'.";
            }

            string[] terms = group[1..^1].Split('|');
            if (terms.Length != node)
            {
                return $"Node {node} {At(position)} has {Plural(terms.Length, "edge")}, but {Plural(node, "edge")} lead into it.";
            }

            int place = position + 1;
            for (int source = 0; source < node; source++)
            {
                if (ParseEdge(terms[source], source, edges[edge], place, operations, out genotype[edge]) is string error)
                {
                    return error;
                }

                place += terms[source].Length + 1;
                edge++;
            }

            position += group.Length + 1;
        }

        return null;
    }

    private static string? ParseEdge(string term, int source, string edge, int position, string[] operations, out byte operation)
    {
        operation = 0;
        int tilde = term.IndexOf('~', StringComparison.Ordinal);
        if (tilde < 0)
        {
            return $"Edge {edge} {At(position)} is {Quote(term)}, but an edge is written operation~{source}.";
        }

        string name = term[..tilde];
        int number = Array.IndexOf(operations, name);
        if (number < 0)
        {
            return $"Edge {edge} {At(position)} has the unknown operation {Quote(name)}; allowed are {string.Join(", ", operations)}.";
        }

        string input = term[(tilde + 1)..];
        if (input.Length != 1 || input[0] != '0' + source)
        {
            return $"Edge {edge} {At(position + tilde + 1)} names the input {Quote(input)}, but this is the place of the edge from node "
                + $"{source}: write ~{source}.";
        }

        operation = (byte)number;
        return null;
    }

    private static string At(int position) => $"(character {position + 1})";

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Quote(string text) => $"'{UntrustedText.Line(text, QuotedLength)}{(text.Length <= QuotedLength ? "" : "...")}'";
}
