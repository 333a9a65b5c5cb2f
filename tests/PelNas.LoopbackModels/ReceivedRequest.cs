using System.Text.Json;

namespace PelNas.LoopbackModels;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Number">0 for the first one of the server.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Key">The key or token that came with it, or null.</param>
/// <param name="Body">The JSON body.</param>
public sealed record ReceivedRequest(int Number, string Path, string? Key, JsonElement Body)
{
    /// <summary>Texts of the messages in order.</summary>
    public IReadOnlyList<string> Messages { get; } =
        [.. Body.GetProperty("messages").EnumerateArray().Select(message => Text(message.GetProperty("content")))];

    /// <summary>Whether a JSON schema came with it.</summary>
    public bool HasSchema => Body.TryGetProperty("response_format", out JsonElement openAI)
        ? openAI.GetProperty("type").GetString() == "json_schema"
        : Body.TryGetProperty("format", out JsonElement ollama) && ollama.ValueKind == JsonValueKind.Object;

    // Either a string, or a list of parts.
    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
