using System.Text.Json;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Chat.Answers;

/// <summary>Reads the architect's answer.</summary>
public sealed class ArchitectAnswerReader(ISearchSpace space) : IAnswerReader<ArchitectAnswer>
{
    // More than any payload asks for; a model that never ends is not followed.
    private const int MaxItems = 256;

    private const int MaxParents = 2;

    private readonly ArchitectureNotation _notation = new(space);

    /// <inheritdoc/>
    public (ArchitectAnswer? Answer, string? Problem) Read(string text)
    {
        (IReadOnlyList<JsonElement> items, string? problem) = AnswerItems.Read(text, "architectures");
        Proposal[] proposals = [.. items.Take(MaxItems).Select(Proposal)];
        return proposals.Length > 0 ? (new ArchitectAnswer(proposals), problem) : (null, problem ?? "the list 'architectures' is empty");
    }

    private Proposal Proposal(JsonElement item) => new(
        _notation.Read(item.Field("architecture") ?? item),
        item.Text("origin") ?? "",
        item.Field("parents") is { ValueKind: JsonValueKind.Array } parents ? [.. parents.EnumerateArray().Take(MaxParents).Select(_notation.Read)] : [],
        item.Text("rationale") ?? "");
}
