using System.Text.Json.Nodes;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>Tells which values of an answer are proposed architectures, in whatever shape.</summary>
/// <param name="notation">Reads architectures.</param>
/// <param name="examples">Architectures that the prompt has for examples.</param>
internal sealed class ArchitectItems(ISearchSpace space, ArchitectureNotation notation, IReadOnlySet<int> examples)
{
    private const int MaxParents = 2;

    /// <summary>
    /// Reads an item of a list; null for what is none. A bare text is one if it is an architecture, or stands in the requested list.
    /// </summary>
    public AnswerEntry<Proposal>? Read(JsonNode item, bool isNamed)
    {
        JsonNode? cell = item switch
        {
            JsonObject => CellOf(item),
            JsonArray => IsCell(item) ? item : null,
            _ => isNamed || IsPublished(item) ? item : null,
        };
        return cell is null ? null : Entry(cell, item);
    }

    private AnswerEntry<Proposal> Entry(JsonNode cell, JsonNode item)
    {
        Proposal proposal = new(
            notation.Read(cell),
            (item.TextOf("origin") ?? "").Contains("cross", StringComparison.OrdinalIgnoreCase) ? "crossover" : "mutation",
            [.. Parents(item.Field("parents")).Take(MaxParents).Select(notation.Read)],
            item.TextOf("rationale") ?? "",
            item.NumberOf("expectedAccuracy") is >= 0 and <= 100 and var expected ? expected : null);
        bool isCell = space.IsNotation(proposal.Architecture);

        // The prompt's example has only dots for a rationale.
        return isCell && space.TryParse(proposal.Architecture, out int index, out _) && examples.Contains(index)
            && !proposal.Rationale.Any(char.IsLetterOrDigit)
            ? AnswerEntry<Proposal>.LeftOut
            : new(proposal, isCell);
    }

    private static IEnumerable<JsonNode> Parents(JsonNode? parents)
        => parents is JsonValue ? [parents] : parents?.Members().Select(member => member.Value) ?? [];

    /// <summary>
    /// The part of an object that is its architecture, by its name or as the only one that can be, or the object itself when it is made of
    /// edges; null for one that is no item.
    /// </summary>
    private JsonNode? CellOf(JsonNode item)
    {
        if (item.Field("architecture") is { } stated)
        {
            // Unless what bears the name is a list of items.
            return stated is JsonValue || IsCell(stated) || !stated.Members().Any(member => IsItem(member.Value)) ? stated : null;
        }

        return item.Members()
            .Where(member => !AnswerNode.IsNamed(member.Name, "parents") && !AnswerNode.IsNamed(member.Name, "parent"))
            .Select(member => member.Value)
            .FirstOrDefault(value => value is JsonValue ? IsPublished(value) : IsCell(value))
            ?? (IsCell(item) ? item : null);
    }

    private bool IsItem(JsonNode value) => value is JsonObject && CellOf(value) is not null;

    private bool IsPublished(JsonNode value) => value is JsonValue && space.IsNotation(value.Text());

    private bool IsCell(JsonNode value) => space.IsNotation(notation.Read(value));
}
