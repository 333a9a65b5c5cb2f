using System.Text.Json.Nodes;

namespace PelNas.Local.Durable.Replay;

/// <summary>Tells whether an action's recorded input and the one asked for in a replay are the same.</summary>
internal static class InputComparison
{
    /// <summary>
    /// True when both are the same JSON, save for members that only one side has: a record may gain or lose a member between
    /// two versions of the app and its running instances still replay.
    /// </summary>
    public static bool Same(string? recorded, string? asked)
    {
        if (recorded == asked)
        {
            return true;
        }

        return recorded is not null && asked is not null && Same(JsonNode.Parse(recorded), JsonNode.Parse(asked));
    }

    private static bool Same(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonObject left, JsonObject right) => left.All(m => !right.TryGetPropertyValue(m.Key, out JsonNode? other) || Same(m.Value, other)),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(a, b),
    };
}
