using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads cells in notations that models write in place of the published one: other case and spacing, a list of operations in the order of
/// the edges, a list or an object of edges with their operations. It never guesses: every edge has to be named once, or none and all
/// operations be there.
/// </summary>
internal sealed class ArchitectureNotation(ISearchSpace space)
{
    private const int MaxLength = 1000;

    // In words and in JSON: 0->1: op, (0, 1) op, [0,1,"op"], {"from":0,"to":1,"op":..}, {"edge":[0,1],"operation":..}.
    private static readonly Regex Edge = new(
        @"(?<from>\d)\W+(?:(?:to|target|dst)\W+)?(?<to>\d)\W+(?:op(?:eration)?\W+)?(?<op>[a-z][\w\-]*)", AnswerText.Linear);

    // The benchmark's own genotype: ((('op', 0),), (('op', 0), ('op', 1)), ...).
    private static readonly Regex Pair = new(@"[(\[]\W*(?<op>[a-z][\w\-]*)\W*,\W*(?<source>\d)\W*[)\]]", AnswerText.Linear);
    private static readonly Regex Term = new(@"(?<op>[a-z][\w\- ]*?)\s*~\s*(?<source>\d)", AnswerText.Linear);
    private static readonly Regex Published = new(@"\|(?:\w+~\d\|)+(?:\+\|(?:\w+~\d\|)+)*", AnswerText.Linear);

    private readonly OperationNames _operations = new(space);
    private readonly Dictionary<string, int> _decisions
        = space.DecisionNames.Index().ToDictionary(named => named.Item, named => named.Index);

    /// <summary>The architecture in the published notation; the text as it stands when it cannot be read as one.</summary>
    /// <param name="value">A text, a list or an object. Untrusted.</param>
    public string Read(JsonNode value)
    {
        string text = UntrustedText.Cut(value.Text(), MaxLength);
        byte[] genotype = new byte[space.DecisionCount];
        return space.TryRead(text, genotype, out _) ? space.Format(genotype)
            : space.IsOfCells && ReadCell(value, text) is { } cell ? space.Format(cell)
            : text;
    }

    /// <summary>
    /// The architectures that stand in a text in the published notation, each once, in order. Backslashes, which Markdown asks for before
    /// some signs, are overlooked.
    /// </summary>
    public IEnumerable<int> Find(string text)
    {
        HashSet<int> found = [];
        foreach (Match match in Published.Matches(text.Replace("\\", "", StringComparison.Ordinal)))
        {
            if (space.TryParse(match.Value, out int index, out _) && found.Add(index))
            {
                yield return index;
            }
        }
    }

    /// <summary>A list of objects is a cell only if these are its edges: others are items, each with a cell of its own.</summary>
    private byte[]? ReadCell(JsonNode value, string text) => ReadEdges(text)
        ?? (HoldsObjects(value) ? null : ReadSources(Term, text) ?? ReadSources(Pair, text) ?? ReadList(text));

    private static bool HoldsObjects(JsonNode value)
        => value.Members().Any(member => member.Value is JsonObject || HoldsObjects(member.Value));

    /// <summary>Edges with their operations in any order, each edge once.</summary>
    private byte[]? ReadEdges(string text)
    {
        byte[] genotype = new byte[space.DecisionCount];
        HashSet<int> named = [];
        foreach (Match edge in Edge.Matches(text))
        {
            if (!_decisions.TryGetValue($"{edge.Groups["from"].Value}->{edge.Groups["to"].Value}", out int decision) || !named.Add(decision)
                || _operations.Find(edge.Groups["op"].Value) is not { } operation)
            {
                return null;
            }

            genotype[decision] = operation;
        }

        return named.Count == genotype.Length ? genotype : null;
    }

    /// <summary>An operation with its source for every edge in order, with whatever between them.</summary>
    private byte[]? ReadSources(Regex notation, string text)
    {
        MatchCollection terms = notation.Matches(text);
        return terms.Count == space.DecisionCount
            && terms.Zip(space.DecisionNames)
                .All(pair => pair.Second.StartsWith(pair.First.Groups["source"].Value + "->", StringComparison.Ordinal))
            ? Numbers(terms.Select(term => term.Groups["op"].Value))
            : null;
    }

    /// <summary>Bare operations in the order of the edges.</summary>
    private byte[]? ReadList(string text)
    {
        string[] names = text.Split(
            [',', ';', '|', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == space.DecisionCount ? Numbers(names) : null;
    }

    private byte[]? Numbers(IEnumerable<string> names)
    {
        byte?[] numbers = [.. names.Select(_operations.Find)];
        return numbers.Contains(null) ? null : [.. numbers.Select(number => number!.Value)];
    }
}

/// <summary>
/// Recognises a space's operations in other spellings: any case, other separators, and a few names that the literature uses for the same.
/// </summary>
internal sealed class OperationNames
{
    private static readonly (string Other, string Name)[] Synonyms =
    [
        ("conv3x3", "nor_conv_3x3"), ("conv1x1", "nor_conv_1x1"), ("skip", "skip_connect"), ("identity", "skip_connect"),
        ("zero", "none"), ("zeroize", "none"), ("avgpool", "avg_pool_3x3"), ("avgpool3x3", "avg_pool_3x3"),
    ];

    private readonly Dictionary<string, byte> _numbers = [];

    public OperationNames(ISearchSpace space)
    {
        for (byte number = 0; number < space.Operations.Count; number++)
        {
            _numbers[Bare(space.Operations[number])] = number;
        }

        foreach ((string other, string name) in Synonyms)
        {
            if (_numbers.TryGetValue(Bare(name), out byte number))
            {
                _numbers.TryAdd(other, number);
            }
        }
    }

    /// <summary>The number of an operation, or null when none is meant.</summary>
    public byte? Find(string name) => _numbers.TryGetValue(Bare(name), out byte number) ? number : null;

    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
