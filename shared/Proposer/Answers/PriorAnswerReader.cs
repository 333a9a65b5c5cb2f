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

    private static AnswerEntry<T>? Entry<T>(LenientValue item, Func<LenientValue, T?> read, params ReadOnlySpan<string> needed)
        where T : class
    {
        if (item.Kind != LenientKind.Object)
        {
            return null;
        }

        foreach (string field in needed)
        {
            if (item.Field(field) is null)
            {
                return null;
            }
        }

        return item.IsWhole && read(item) is { } value ? new(value, IsUsable: true) : AnswerEntry<T>.LeftOut;
    }

    private PriorCell? Cell(LenientValue item)
    {
        string architecture = _notation.Read(item.Field("architecture")!);
        return space.TryParse(architecture, out _, out _)
            ? new PriorCell(architecture, Percent(item.Field("expectedAccuracy")?.Number), Words(item, "reason"))
            : null;
    }

    private PriorRule? Rule(LenientValue item)
    {
        int from = Whole(item.Field("from")?.Number) ?? 0;
        return _traits.Find(item.TextOf("trait")) is { } trait
            && item.Field("delta")?.Number is { } delta && Math.Abs(delta) <= 100
            && Bounds(item) is { } where
            ? new PriorRule(
                trait,
                from,
                Math.Max(Whole(item.Field("to")?.Number) ?? MostSteps, from),
                delta,
                item.Confidence,
                where,
                Words(item, "text"))
            : null;
    }

    private PriorVeto? Veto(LenientValue item) => Bounds(item) is { Length: > 0 } where ? new PriorVeto(where, Words(item, "text")) : null;

    /// <summary>The bounds of a rule; null where one cannot be read.</summary>
    private TraitBound[]? Bounds(LenientValue item)
    {
        List<TraitBound> bounds = [];
        foreach (LenientMember member in item.Field("where")?.Members ?? [])
        {
            int? least = Whole(member.Value.Field("atLeast")?.Number);
            int? most = Whole(member.Value.Field("atMost")?.Number);
            if (_traits.Find(member.Value.TextOf("trait")) is not { } trait || (least is null && most is null))
            {
                return null;
            }

            bounds.Add(new TraitBound(trait, least, most));
        }

        return [.. bounds];
    }

    private static string Words(LenientValue item, string field)
        => PromptText.Cut(UntrustedText.Line(item.TextOf(field) ?? "", PromptText.RuleBytes), PromptText.RuleBytes);

    private static double? Percent(double? stated) => stated is >= 0 and <= 100 ? stated : null;

    private static int? Whole(double? stated)
        => stated is { } number && double.IsFinite(number) ? (int)Math.Clamp(Math.Round(number), 0, MostSteps) : null;
}
