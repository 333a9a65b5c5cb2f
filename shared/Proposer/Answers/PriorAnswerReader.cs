using System.Text.Json.Nodes;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads the answer to the question for a prior. A rule or veto with an unknown trait is dropped whole, since without one of its
/// bounds it would say more than was meant.
/// </summary>
public sealed class PriorAnswerReader(ISearchSpace space) : IAnswerReader<PriorAnswer>
{
    private const int MostSteps = 100;

    private readonly CellTraits _traits = CellTraits.For(space);
    private readonly ArchitectureNotation _notation = new(space);

    /// <inheritdoc/>
    public Reading<PriorAnswer> Read(string text)
    {
        AnswerText answer = AnswerText.Read(text);
        AnswerList<PriorCell> cells = AnswerList<PriorCell>.Find(answer, "cells", (item, _) => Entry(item, Cell, "architecture"));
        AnswerList<PriorRule> rules = AnswerList<PriorRule>.Find(answer, "rules", (item, _) => Entry(item, Rule, "trait", "delta"));
        AnswerList<PriorVeto> avoid = AnswerList<PriorVeto>.Find(
            answer, "avoid", (item, _) => item.Field("delta") is null ? Entry(item, Veto, "where") : null);
        bool isEmpty = cells.Entries.Count + rules.Entries.Count + avoid.Entries.Count == 0;

        // That nothing is known is an answer.
        return isEmpty && cells.WhyNone != UnusableKind.EmptyList
            ? new(Answer: null, cells.Problem) { Unusable = cells.WhyNone, Visible = answer.Visible }
            : new(new PriorAnswer(cells.Entries, rules.Entries, avoid.Entries), isEmpty ? null : cells.Problem ?? rules.Problem);
    }

    private static AnswerEntry<T>? Entry<T>(JsonNode item, Func<JsonNode, T?> read, params string[] needed)
        where T : class
        => !Array.TrueForAll(needed, field => item.Field(field) is not null) ? null
            : read(item) is { } value ? new(value, IsUsable: true)
            : AnswerEntry<T>.LeftOut;

    private PriorCell? Cell(JsonNode item)
    {
        string architecture = _notation.Read(item.Field("architecture")!);
        return space.TryParse(architecture, out _, out _)
            ? new PriorCell(architecture, Percent(item.NumberOf("expectedAccuracy")), Words(item, "reason"))
            : null;
    }

    private PriorRule? Rule(JsonNode item)
    {
        int from = Whole(item.NumberOf("from")) ?? 0;
        return _traits.Find(item.TextOf("trait")) is { } trait
            && item.NumberOf("delta") is { } delta && Math.Abs(delta) <= 100
            && Bounds(item) is { } where
            ? new PriorRule(
                trait,
                from,
                Math.Max(Whole(item.NumberOf("to")) ?? MostSteps, from),
                delta,
                item.Confidence(),
                where,
                Words(item, "text"))
            : null;
    }

    private PriorVeto? Veto(JsonNode item) => Bounds(item) is { Length: > 0 } where ? new PriorVeto(where, Words(item, "text")) : null;

    /// <summary>The bounds of a rule; null where one cannot be read.</summary>
    private TraitBound[]? Bounds(JsonNode item)
    {
        List<TraitBound> bounds = [];
        foreach ((_, JsonNode bound) in item.Field("where")?.Members() ?? [])
        {
            int? least = Whole(bound.NumberOf("atLeast"));
            int? most = Whole(bound.NumberOf("atMost"));
            if (_traits.Find(bound.TextOf("trait")) is not { } trait || (least is null && most is null))
            {
                return null;
            }

            bounds.Add(new TraitBound(trait, least, most));
        }

        return [.. bounds];
    }

    private static string Words(JsonNode item, string field)
        => PromptText.Cut(UntrustedText.Line(item.TextOf(field) ?? "", PromptText.RuleBytes), PromptText.RuleBytes);

    private static double? Percent(double? stated) => stated is >= 0 and <= 100 ? stated : null;

    private static int? Whole(double? stated)
        => stated is { } number && double.IsFinite(number) ? (int)Math.Clamp(Math.Round(number), 0, MostSteps) : null;
}
