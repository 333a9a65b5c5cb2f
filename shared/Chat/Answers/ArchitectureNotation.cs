using System.Text.Json;
using System.Text.RegularExpressions;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Chat.Answers;

/// <summary>
/// Reads architectures in notations that models write in place of the published one: other case and spacing, a list of operations in
/// the order of the edges, a list or an object of edges with their operations. It never guesses: every edge has to be named once, or
/// none and all operations be there.
/// </summary>
internal sealed partial class ArchitectureNotation(ISearchSpace space)
{
    private const int MaxLength = 1000;

    private readonly OperationNames _operations = new(space);
    private readonly Dictionary<string, int> _decisions = space.DecisionNames.Index().ToDictionary(named => named.Item, named => named.Index);

    /// <summary>The architecture in the published notation; the text as it stands when it cannot be read as one.</summary>
    /// <param name="value">A string, a list or an object. Untrusted.</param>
    public string Read(JsonElement value)
    {
        string text = UntrustedText.Cut(Flatten(value), MaxLength);
        return space.TryParse(text, out int index, out _) || TryRead(text, out index) ? space.Format(index) : text;
    }

    private bool TryRead(string text, out int index)
    {
        index = 0;
        byte[]? genotype = ReadEdges(text) ?? ReadSources(text) ?? ReadList(text);
        if (genotype is null)
        {
            return false;
        }

        index = space.IndexOf(genotype);
        return true;
    }

    /// <summary><c>0-&gt;1: op, 0-&gt;2: op, ...</c> in any order, each edge once.</summary>
    private byte[]? ReadEdges(string text)
    {
        MatchCollection edges = Edge().Matches(text);
        byte[] genotype = new byte[space.DecisionCount];
        HashSet<int> named = [];
        foreach (Match edge in edges)
        {
            if (!_decisions.TryGetValue($"{edge.Groups["from"].Value}->{edge.Groups["to"].Value}", out int decision)
                || !named.Add(decision)
                || _operations.Find(edge.Groups["op"].Value) is not { } operation)
            {
                return null;
            }

            genotype[decision] = operation;
        }

        return named.Count == genotype.Length ? genotype : null;
    }

    /// <summary>The published notation with other case, spaces or bars: <c>op~source</c> for every edge in order.</summary>
    private byte[]? ReadSources(string text)
    {
        MatchCollection terms = Term().Matches(text);
        return terms.Count == space.DecisionCount
            && terms.Zip(space.DecisionNames).All(pair => pair.Second.StartsWith(pair.First.Groups["source"].Value + "->", StringComparison.Ordinal))
            ? Numbers(terms.Select(term => term.Groups["op"].Value))
            : null;
    }

    /// <summary>Bare operations in the order of the edges.</summary>
    private byte[]? ReadList(string text)
    {
        string[] names = text.Split([',', ';', '|', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == space.DecisionCount ? Numbers(names) : null;
    }

    private byte[]? Numbers(IEnumerable<string> names)
    {
        byte?[] numbers = [.. names.Select(_operations.Find)];
        return numbers.Contains(null) ? null : [.. numbers.Select(number => number!.Value)];
    }

    /// <summary>A value as one text; members become <c>name: value</c>.</summary>
    private static string Flatten(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonFields.TextOf(value),
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Flatten)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {Flatten(member.Value)}")),
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"(?<from>\d)\s*(?:->|→|=>|to|-|,)\s*(?<to>\d)\W*(?:op(?:eration)?\b\W*)?(?<op>[A-Za-z][\w\-]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Edge();

    [GeneratedRegex(@"(?<op>[A-Za-z][\w\- ]*?)\s*~\s*(?<source>\d)")]
    private static partial Regex Term();
}
