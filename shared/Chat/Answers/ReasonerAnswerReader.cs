using System.Text.Json;
using PelNas.Shared.Heuristics;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Chat.Answers;

/// <summary>Reads the reasoner's answer. A rule without text or of a kind that means neither is dropped; an edge or operation that the space does not have is left out.</summary>
public sealed class ReasonerAnswerReader(ISearchSpace space) : IAnswerReader<ReasonerAnswer>
{
    // What a rule with no stated confidence gets: neither trusted nor dropped.
    private const double NoConfidence = 0.5;

    private readonly OperationNames _operations = new(space);

    /// <inheritdoc/>
    public (ReasonerAnswer? Answer, string? Problem) Read(string text)
    {
        (IReadOnlyList<JsonElement> items, string? problem) = AnswerItems.Read(text, "rules");
        Heuristic[] rules = [.. items.Select(Rule).OfType<Heuristic>()];
        return rules.Length > 0 || (problem is null && items.Count == 0)
            ? (new ReasonerAnswer(rules), problem)
            : (null, problem ?? "no item of the list 'rules' has a text and a kind");
    }

    private Heuristic? Rule(JsonElement item)
    {
        string text = Text(item, "text");
        return text.Length == 0 || RuleKinds.Find(item.Text("kind")) is not { } kind ? null : new Heuristic(
            kind,
            text,
            Text(item, "evidence"),
            Confidence(item.Number("confidence")),
            Edge(item.Text("edge")),
            item.Text("operation") is { } operation && _operations.Find(operation) is { } number ? space.Operations[number] : null);
    }

    /// <summary>An edge of the space by its two nodes, however they are joined: <c>0→3</c>, <c>0-3</c>, <c>(0, 3)</c>.</summary>
    private string? Edge(string? stated)
    {
        string nodes = string.Concat((stated ?? "").Where(char.IsAsciiDigit));
        return space.DecisionNames.FirstOrDefault(name => string.Concat(name.Where(char.IsAsciiDigit)) == nodes);
    }

    private static string Text(JsonElement item, string field)
        => PromptText.Cut(UntrustedText.Line(item.Text(field) ?? "", PromptText.RuleBytes), PromptText.RuleBytes);

    private static double Confidence(double? stated)
        => stated is { } number && double.IsFinite(number) ? Math.Clamp(number, 0, 1) : NoConfidence;
}
