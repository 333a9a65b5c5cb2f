using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads the reasoner's answer. A rule without words or of a kind that means neither is dropped; an edge or operation that the space does
/// not have is left out.
/// </summary>
public sealed class ReasonerAnswerReader(ISearchSpace space) : IAnswerReader<ReasonerAnswer>
{
    // What a rule with no stated confidence gets: neither trusted nor dropped.
    private const double NoConfidence = 0.5;

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

    private AnswerEntry<Heuristic>? Entry(LenientValue item, bool isNamed) => item switch
    {
        { Kind: LenientKind.Object } when item.Field("text") is { IsScalar: true } text && !IsJson(text) => Usable(item.IsWhole ? Rule(item) : null),
        { Kind: LenientKind.Text } when isNamed && !IsJson(item) => Usable(Sentence(item.Text)),
        _ => null,
    };

    private static AnswerEntry<Heuristic> Usable(Heuristic? rule)
        => rule is null ? AnswerEntry<Heuristic>.LeftOut : new(rule, IsUsable: true);

    private static bool IsJson(LenientValue value) => value.Text.AsSpan().TrimStart() is ['{' or '[' or '`', ..];

    private Heuristic? Rule(LenientValue item)
    {
        string text = Text(item.TextOf("text"));
        return !text.Any(char.IsLetterOrDigit) || RuleKinds.Find(item.TextOf("kind")) is not { } kind ? null : new Heuristic(
            kind,
            text,
            Text(item.TextOf("evidence")),
            Confidence(item.Field("confidence")?.Number),
            Edge(item.TextOf("edge")),
            item.TextOf("operation") is { } operation && _operations.Find(operation) is { } number ? space.Operations[number] : null);
    }

    /// <summary>A rule that came as a bare sentence.</summary>
    private static Heuristic? Sentence(string sentence)
    {
        (string kind, string text) = RuleKinds.Split(sentence);
        text = Text(text);
        return text.Any(char.IsLetterOrDigit) ? new Heuristic(kind, text, "", NoConfidence) : null;
    }

    /// <summary>An edge of the space by its two nodes, however they are joined: <c>0→3</c>, <c>0-3</c>, <c>(0, 3)</c>.</summary>
    private string? Edge(string? stated)
    {
        string nodes = string.Concat((stated ?? "").Where(char.IsAsciiDigit));
        return space.DecisionNames.FirstOrDefault(name => string.Concat(name.Where(char.IsAsciiDigit)) == nodes);
    }

    private static string Text(string? text)
        => PromptText.Cut(UntrustedText.Line(text ?? "", PromptText.RuleBytes), PromptText.RuleBytes);

    private static double Confidence(double? stated)
        => stated is { } number && double.IsFinite(number) ? Math.Clamp(number, 0, 1) : NoConfidence;
}
