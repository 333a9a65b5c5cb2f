using System.Text.Json;

namespace PelNas.Shared.Tables;

/// <summary>Reads members of a definition's JSON, and notes by JSON pointer (RFC 6901) what is wrong with them.</summary>
internal sealed class SpaceJson
{
    /// <summary>What is wrong so far.</summary>
    public List<SpaceFault> Faults { get; } = [];

    /// <summary>Notes a fault.</summary>
    public void Fault(string pointer, string message) => Faults.Add(new SpaceFault(pointer, message));

    /// <summary>Whether a value is an object; one with unknown members is, but each of them is a fault.</summary>
    public bool IsObject(JsonElement json, string pointer, params string[] members)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault(pointer, $"must be an object, not {json.ValueKind.ToString().ToLowerInvariant()}");
            return false;
        }

        foreach (JsonProperty member in json.EnumerateObject().Where(member => !members.Contains(member.Name)))
        {
            Fault($"{pointer}/{Token(member.Name)}", $"is not known; what is are {string.Join(", ", members)}");
        }

        return true;
    }

    /// <summary>The text of a member; null, and a fault, where it has none.</summary>
    public string? Text(JsonElement json, string pointer, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            Fault($"{pointer}/{name}", "is missing; give a text");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fault($"{pointer}/{name}", $"must be a text, not {value.ValueKind.ToString().ToLowerInvariant()}");
            return null;
        }

        return value.GetString();
    }

    /// <summary>The items of a member; null, and a fault, where it is no list of so many.</summary>
    public JsonElement[]? List(JsonElement json, string pointer, string name, int least, int most)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Array)
        {
            Fault($"{pointer}/{name}", $"must be a list of {least} to {most} items");
            return null;
        }

        int count = value.GetArrayLength();
        if (count < least || count > most)
        {
            Fault($"{pointer}/{name}", $"has {count} items; give {least} to {most}");
            return null;
        }

        return [.. value.EnumerateArray()];
    }

    /// <summary>A name of the user's as a part of a pointer, cut.</summary>
    public static string Token(string name)
        => Quote(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A text of the user's, cut for a message.</summary>
    public static string Quote(string text) => UntrustedText.Line(text, 40);
}
