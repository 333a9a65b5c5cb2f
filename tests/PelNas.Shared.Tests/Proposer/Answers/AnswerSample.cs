namespace PelNas.Shared.Tests.Proposer.Answers;

/// <summary>A good answer of either prompt, drawn at random, from which tests make what models write.</summary>
/// <param name="List">Name of its list.</param>
/// <param name="Items">Its items: names with texts, lists of texts, numbers or nothing.</param>
internal sealed record AnswerSample(string List, IReadOnlyList<IReadOnlyList<KeyValuePair<string, object?>>> Items)
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    // What JSON has to escape, what begins other things outside of a text, and what thoughts are told by.
    private static readonly string[] Nasty =
    [
        "\"", "\\", "\n", "{", "}", "[", "]", ",", ":", "'", "//", "/*", "#", "```", "{\"a\":1}", "\U0001F9E0",
        "\u201C",
    ];

    private static readonly string[] Plain = ["\"skip\"", "gap", "3x3", "0->3", "it's", "wide", "(2 ms)", "caf\u00E9", "better;", "50%"];

    /// <summary>Architectures.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="count">How many.</param>
    /// <param name="nasty">Whether texts hold what proper JSON alone can carry.</param>
    public static AnswerSample Architectures(Random random, int count, bool nasty = false) => new("architectures",
    [
        .. Enumerable.Range(0, count).Select(_ => (KeyValuePair<string, object?>[])
        [
            new("architecture", Cell(random)),
            new("origin", random.Next(2) == 0 ? "crossover" : "mutation"),
            new("parents", Enumerable.Range(0, random.Next(1, 3)).Select(_ => Cell(random)).ToArray()),
            new("rationale", Text(random, nasty)),
        ]),
    ]);

    /// <summary>Rules.</summary>
    public static AnswerSample Rules(Random random, int count, bool nasty = false) => new("rules",
    [
        .. Enumerable.Range(0, count).Select(_ => (KeyValuePair<string, object?>[])
        [
            new("kind", random.Next(2) == 0 ? "positive" : "negative"),
            new("text", Text(random, nasty)),
            new("evidence", Text(random, nasty)),
            new("confidence", random.Next(101) / 100.0),
            new("edge", random.Next(2) == 0 ? "0->3" : null),
            new("operation", random.Next(2) == 0 ? "skip_connect" : null),
        ]),
    ]);

    /// <summary>What a reader makes of a text, in a form that two readings can be compared by.</summary>
    public string Read(string text) => string.Join('\n', List == "rules"
        ? (new ReasonerAnswerReader(Space).Read(text).Answer?.Rules ?? []).Select(Line)
        : (new ArchitectAnswerReader(Space).Read(text).Answer?.Architectures ?? []).Select(Line));

    /// <summary>What has to be read of it.</summary>
    public string Expected => string.Join('\n', Items.Select(item => List == "rules" ? Line(Rule(item)) : Line(Proposal(item))));

    public static string Cell(Random random) => Space.Format(random.Next(Space.Size));

    private static string Text(Random random, bool nasty)
        => $"Use {string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => Word(random, nasty)))} here.";

    private static string Word(Random random, bool nasty)
    {
        string[] words = nasty && random.Next(2) == 0 ? Nasty : Plain;
        return words[random.Next(words.Length)];
    }

    private static Heuristic Rule(IReadOnlyList<KeyValuePair<string, object?>> item)
        => new(Of(item, 0)!, OneLine(Of(item, 1)!), OneLine(Of(item, 2)!), (double)item[3].Value!, Of(item, 4), Of(item, 5));

    private static Proposal Proposal(IReadOnlyList<KeyValuePair<string, object?>> item)
        => new(Of(item, 0)!, Of(item, 1)!, (string[])item[2].Value!, Of(item, 3)!);

    private static string? Of(IReadOnlyList<KeyValuePair<string, object?>> item, int member) => (string?)item[member].Value;

    private static string Line(Heuristic rule) => $"{rule.Kind}|{rule.Text}|{rule.Evidence}|{rule.Confidence}|{rule.Edge}|{rule.Operation}";

    private static string Line(Proposal proposal)
        => $"{proposal.Architecture} {proposal.Origin} {string.Join(' ', proposal.Parents)} {OneLine(proposal.Rationale)}";

    private static string OneLine(string text) => UntrustedText.Line(text, 300);
}
