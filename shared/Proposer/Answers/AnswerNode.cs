using System.Text.Json.Nodes;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>Takes values out of what <see cref="LenientJsonReader"/> has read.</summary>
internal static class AnswerNode
{
    /// <summary>The confidence of a model that states none: neither trusted nor dropped.</summary>
    public const double NoConfidence = 0.5;

    /// <summary>Members of an object, and items of a list, which have no name.</summary>
    public static IEnumerable<(string? Name, JsonNode Value)> Members(this JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).Select(member => ((string?)member.Key, member.Value!)),
        JsonArray items => items.Select(item => ((string?)null, item!)),
        _ => [],
    };

    /// <summary>The first member of a name, whatever its case and separators, or null.</summary>
    public static JsonNode? Field(this JsonNode? node, string name)
        => (node as JsonObject)?.FirstOrDefault(member => IsNamed(member.Key, name)).Value;

    /// <summary>Whether a name is another one but for its case and separators.</summary>
    public static bool IsNamed(string? stated, string name)
        => stated is not null && string.Concat(stated.Where(char.IsAsciiLetterOrDigit)).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text; of an object or list as JSON.</summary>
    public static string Text(this JsonNode node)
        => node is JsonValue value ? value.GetValue<string>() : node.ToJsonString(ChatJson.Options);

    /// <summary>The text of a member, or null.</summary>
    public static string? TextOf(this JsonNode node, string name) => node.Field(name)?.Text();

    /// <summary>A number, also one in quotes; null for anything else. May be NaN or infinite.</summary>
    public static double? NumberOf(this JsonNode node, string name)
        => double.TryParse(node.TextOf(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>How sure the model says that it is, 0 to 1.</summary>
    public static double Confidence(this JsonNode item)
        => item.NumberOf("confidence") is { } stated && double.IsFinite(stated) ? Math.Clamp(stated, 0, 1) : NoConfidence;

    /// <summary>Whether it is a text that may be JSON itself, as the arguments of a tool are.</summary>
    public static bool HoldsJson(this JsonNode node) => node is JsonValue && node.Text().AsSpan().TrimStart() is ['{' or '[' or '`', ..];
}
