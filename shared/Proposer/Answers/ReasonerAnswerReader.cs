using System.Text.Json.Nodes;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads the reasoner's answer. A rule without words or of a kind that means neither is dropped; an edge or operation that the space does
/// not have is left out.
/// </summary>
public sealed class ReasonerAnswerReader(ISearchSpace space) : IAnswerReader<ReasonerAnswer>
{
    private readonly OperationNames _operations = new(space);

    /// <inheritdoc/>
    public Reading<ReasonerAnswer> Read(string text)
    {
        AnswerText answer = AnswerText.Read(text);
        AnswerList<Heuristic> list = AnswerList<Heuristic>.Find(answer, "rules", Entry);
        return list switch
        {
            { Entries.Count: > 0 } => new(new ReasonerAnswer(list.Entries), list.Problem),
            // That there is no rule to state is an answer.
            { WhyNone: UnusableKind.EmptyList } => new(new ReasonerAnswer([]), Problem: null),
            _ => new(Answer: null, list.Problem) { Unusable = list.WhyNone, Visible = answer.Visible },
        };
    }

    private AnswerEntry<Heuristic>? Entry(JsonNode item, bool isNamed) => item switch
    {
        JsonObject when item.Field("text") is JsonValue text && !text.HoldsJson() => Usable(Rule(item)),
        JsonValue when isNamed && !item.HoldsJson() => Usable(Sentence(item.Text())),
        _ => null,
    };

    private static AnswerEntry<Heuristic> Usable(Heuristic? rule)
        => rule is null ? AnswerEntry<Heuristic>.LeftOut : new(rule, IsUsable: true);

    private Heuristic? Rule(JsonNode item)
    {
        string text = Text(item.TextOf("text"));
        if (!text.Any(char.IsLetterOrDigit) || RuleKinds.Find(item.TextOf("kind")) is not { } kind)
        {
            return null;
        }

        string? operation = item.TextOf("operation") is { } named && _operations.Find(named) is { } number
            ? space.Operations[number]
            : null;
        bool isShared = bool.TryParse(item.TextOf("shared"), out bool shared) && shared;
        return new(kind, text, Text(item.TextOf("evidence")), item.Confidence(), Edge(item.TextOf("edge")), operation, isShared);
    }

    /// <summary>A rule that came as a bare sentence.</summary>
    private static Heuristic? Sentence(string sentence)
    {
        (string kind, string text) = RuleKinds.Split(sentence);
        text = Text(text);
        return text.Any(char.IsLetterOrDigit) ? new Heuristic(kind, text, "", AnswerNode.NoConfidence) : null;
    }

    /// <summary>An edge of the space by its two nodes, however they are joined: <c>0→3</c>, <c>0-3</c>, <c>(0, 3)</c>.</summary>
    private string? Edge(string? stated)
    {
        string nodes = string.Concat((stated ?? "").Where(char.IsAsciiDigit));
        return space.DecisionNames.FirstOrDefault(name => string.Concat(name.Where(char.IsAsciiDigit)) == nodes);
    }

    private static string Text(string? text) => PromptText.Line(text ?? "", PromptText.RuleBytes);
}

/// <summary>
/// Recognises the two kinds of a rule in other words. What is neither is nothing: a warning that is taken for advice leads a search
/// astray, a lost rule does not.
/// </summary>
internal static class RuleKinds
{
    public const string Positive = "positive";
    public const string Negative = "negative";

    private static readonly HashSet<string> Do =
    [
        Positive, "pos", "plus", "do", "good", "prefer", "preferred", "use", "favor", "favour", "keep",
        "include", "encourage", "recommended", "beneficial", "helpful",
    ];

    private static readonly HashSet<string> DoNot =
    [
        Negative, "neg", "minus", "avoid", "dont", "donot", "bad", "never", "not", "no", "exclude", "discourage",
        "discouraged", "harmful", "warning", "prohibit",
    ];

    /// <summary>The kind meant, or null. A rule that states none is advice, which most are.</summary>
    public static string? Find(string? stated)
    {
        string word = string.Concat((stated ?? Positive).Where(char.IsAsciiLetter)).ToLowerInvariant();
        return Do.Contains(word) ? Positive : DoNot.Contains(word) ? Negative : null;
    }

    /// <summary>
    /// The kind and the rest of a rule that came as a sentence: what stands before a colon, <c>negative: ...</c>, or a warning by its
    /// first words, <c>Avoid ...</c>, <c>Do not ...</c>.
    /// </summary>
    public static (string Kind, string Text) Split(string sentence)
    {
        int colon = sentence.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Find(sentence[..colon]) is { } kind)
        {
            return (kind, sentence[(colon + 1)..]);
        }

        string[] words = sentence.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isWarning = words.Length > 1 && (Find(words[0] + words[1]) == Negative || Find(words[0]) == Negative);
        return (isWarning ? Negative : Positive, sentence);
    }
}
