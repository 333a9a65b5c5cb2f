using System.Text.RegularExpressions;
using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>The list of an answer that was requested.</summary>
/// <param name="Entries">Its items, in order, also those that cannot be used.</param>
/// <param name="Usable">How many can be used.</param>
/// <param name="Problem">What is wrong with the list, in one sentence, or null.</param>
/// <param name="WhyNone">Why there are no items; null where there are.</param>
/// <typeparam name="T">What items are.</typeparam>
internal sealed record AnswerList<T>(IReadOnlyList<T> Entries, int Usable, string? Problem, UnusableKind? WhyNone)
    where T : class
{
    /// <summary>
    /// Finds the list with the most usable items, and of those with as many the last: what comes before an answer may quote its format
    /// or be a draft, and a list may bear another name, or none, or be objects one after the other.
    /// </summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="read">
    /// Reads an item; null for what is none. It is told whether the list bears the name, since there a bare text can be an item.
    /// </param>
    public static AnswerList<T> Find(AnswerText answer, string name, Func<LenientValue, bool, AnswerEntry<T>?> read)
    {
        AnswerListFinder<T> finder = new(name, read);
        finder.Visit(answer);
        if (finder.Best is not { } best)
        {
            return new([], 0, $"the answer holds no JSON list '{name}'", Without(answer));
        }

        string? problem = best switch
        {
            { IsWhole: false } => $"the answer breaks off after {best.Entries.Count} items",
            { Entries: [], Lost: 0 } => $"the list '{name}' is empty",
            { Entries: [] } => $"no item of the list '{name}' can be read",
            { Lost: > 0 } => $"{best.Lost} items of the answer cannot be read",
            _ => null,
        };
        UnusableKind? why = best switch
        {
            { Entries: [], IsWhole: false } => UnusableKind.Truncated,
            { Entries: [], Lost: 0 } when !answer.Words.Any(char.IsLetterOrDigit) => UnusableKind.EmptyList,
            { Entries: [] } => Without(answer),
            _ => null,
        };
        return new(best.Entries, best.Usable, problem, why);
    }

    private static UnusableKind Without(AnswerText answer) => answer.Visible switch
    {
        var text when string.IsNullOrWhiteSpace(text) => UnusableKind.Empty,
        var text when Refusals.Is(text) => UnusableKind.Refusal,
        _ => UnusableKind.Unreadable,
    };
}

/// <summary>An item of a list that was requested.</summary>
/// <param name="Value">The item, or null where it is to be left out: it was cut off, or quotes the prompt's example.</param>
/// <param name="IsUsable">Whether it says what was requested.</param>
/// <typeparam name="T">What items are.</typeparam>
internal readonly record struct AnswerEntry<T>(T? Value, bool IsUsable)
    where T : class
{
    /// <summary>An item that is left out.</summary>
    public static AnswerEntry<T> LeftOut => new(null, IsUsable: false);
}

/// <summary>Recognises a model that declines in words.</summary>
internal static partial class Refusals
{
    private const int Beginning = 300;

    /// <summary>Whether a text begins by declining. Asked only of one that holds nothing that was requested.</summary>
    public static bool Is(string text) => Words().IsMatch(UntrustedText.Cut(text.TrimStart(), Beginning));

    [GeneratedRegex(
        @"^sorry\b|\bas an AI\b|\bI(?:['\u2019]m| am) (?:very |so )?(?:sorry|unable|not able|not allowed)\b|"
        + @"\bI (?:apologi[sz]e|cannot|can not|can['\u2019]t|won['\u2019]t|will not|would rather not|must decline|decline|refuse)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
