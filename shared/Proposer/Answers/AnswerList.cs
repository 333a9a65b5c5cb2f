using System.Text.Json.Nodes;
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
    /// or be a draft, and a list may bear another name, or none, or be objects one after the other. Where nothing can be used, the last
    /// list with the right name.
    /// </summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="read">
    /// Reads an item; null for what is none. It is told whether the list bears the name, since there a bare text can be an item.
    /// </param>
    public static AnswerList<T> Find(AnswerText answer, string name, Func<JsonNode, bool, AnswerEntry<T>?> read)
    {
        AnswerListFinder<T> finder = new(name, read);
        finder.Visit([.. answer.Values.Select(value => ((string?)null, value))], isNamed: false);
        if (finder.Best is not { } best)
        {
            return new([], 0, $"the answer holds no JSON list '{name}'", Without(answer));
        }

        string? problem = best switch
        {
            _ when answer.IsCut => $"the answer breaks off after {best.Entries.Count} items",
            { Entries: [], Lost: 0 } => $"the list '{name}' is empty",
            { Entries: [] } => $"no item of the list '{name}' can be read",
            { Lost: > 0 } => $"{best.Lost} items of the answer cannot be read",
            _ => null,
        };
        UnusableKind? why = best switch
        {
            { Entries.Count: > 0 } => null,
            _ when answer.IsCut => UnusableKind.Truncated,
            { Lost: 0 } when !answer.Words.Any(char.IsLetterOrDigit) => UnusableKind.EmptyList,
            _ => Without(answer),
        };
        return new(best.Entries, best.Usable, problem, why);
    }

    private static UnusableKind Without(AnswerText answer)
        => string.IsNullOrWhiteSpace(answer.Visible) ? UnusableKind.Empty
            : Refusals.Is(answer.Visible) ? UnusableKind.Refusal
            : UnusableKind.Unreadable;
}

/// <summary>An item of a list that was requested.</summary>
/// <param name="Value">The item, or null where it is to be left out: it lacks what it needs, or quotes the prompt's example.</param>
/// <param name="IsUsable">Whether it says what was requested.</param>
/// <typeparam name="T">What items are.</typeparam>
internal readonly record struct AnswerEntry<T>(T? Value, bool IsUsable)
    where T : class
{
    /// <summary>An item that is left out.</summary>
    public static AnswerEntry<T> LeftOut => new(null, IsUsable: false);
}

/// <summary>Goes through the values of an answer and collects the lists that may be the requested one.</summary>
internal sealed class AnswerListFinder<T>(string name, Func<JsonNode, bool, AnswerEntry<T>?> read)
    where T : class
{
    // More than any payload asks for; a model that never ends is not followed.
    private const int MaxItems = 256;

    // JSON in a text of JSON, as the arguments of a tool are.
    private const int MaxTexts = 2;

    // Members of items and of the prompt's document that hold architectures which nobody proposes.
    private static readonly string[] Quoted = ["parents", "parent", "avoid"];

    private int _texts;

    /// <summary>The best list so far, with the number of its items that were left out or are none.</summary>
    public (List<T> Entries, int Usable, int Lost)? Best { get; private set; }

    /// <summary>Goes through the members of an object or the items of a list.</summary>
    /// <param name="isNamed">Whether they are those of the requested name.</param>
    /// <returns>Whether they hold a list with a usable item.</returns>
    public bool Visit(IReadOnlyCollection<(string? Name, JsonNode Value)> members, bool isNamed)
    {
        // The document of the prompt, repeated.
        if (members.Any(member => member.Name == "prompt") && members.Any(member => member.Name == "space"))
        {
            return false;
        }

        // Beside the list that was requested nothing else of its object is meant.
        (string?, JsonNode Value)[] named =
            [.. members.Where(member => IsList(member.Name, member.Value) && Read(member.Value, isNamed: false) is null)];
        bool isFound = named.Aggregate(false, (found, member) => Visit([.. member.Value.Members()], isNamed: true) || found);
        return isFound || Collect(members.Except(named), isNamed);
    }

    /// <summary>Takes members for items, and looks for lists in those that are none.</summary>
    private bool Collect(IEnumerable<(string? Name, JsonNode Value)> members, bool isNamed)
    {
        (List<T> Entries, int Usable, int Lost) list = ([], 0, 0);
        List<JsonNode> others = [];
        foreach ((_, JsonNode member) in members.Where(member => !Array.Exists(Quoted, quoted => AnswerNode.IsNamed(member.Name, quoted))))
        {
            AnswerEntry<T>? entry = list.Entries.Count < MaxItems ? Read(member, isNamed) : null;
            if (entry is { Value: { } value })
            {
                list.Entries.Add(value);
                list.Usable += entry.Value.IsUsable ? 1 : 0;
            }
            else
            {
                list.Lost += isNamed ? 1 : 0;
            }

            if (entry is null)
            {
                others.Add(member);
            }
        }

        if ((isNamed || list.Usable > 0) && !(list.Usable < Best?.Usable || (list.Entries.Count == 0 && Best?.Entries.Count > 0)))
        {
            Best = list;
        }

        return others.Aggregate(list.Usable > 0, (found, other) => (other is JsonValue ? VisitText(other) : VisitOther(other)) || found);
    }

    private bool VisitOther(JsonNode other) => Visit([.. other.Members()], isNamed: false);

    /// <summary>Reads an item. An object around the list that was requested is none, whatever else it holds.</summary>
    private AnswerEntry<T>? Read(JsonNode value, bool isNamed)
        => value.Members().Any(member => IsList(member.Name, member.Value)) ? null : read(value, isNamed);

    private bool IsList(string? stated, JsonNode value) => value is not JsonValue && AnswerNode.IsNamed(stated, name);

    private bool VisitText(JsonNode text)
    {
        if (_texts == MaxTexts || !text.HoldsJson())
        {
            return false;
        }

        _texts++;
        bool isFound = Visit([.. AnswerText.Read(text.Text()).Values.Select(value => ((string?)null, value))], isNamed: false);
        _texts--;
        return isFound;
    }
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
