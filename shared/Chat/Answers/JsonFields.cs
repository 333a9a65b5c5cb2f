using System.Globalization;
using System.Text.Json;

namespace PelNas.Shared.Chat.Answers;

/// <summary>Reads members of untrusted JSON whatever the case of their names; what is missing or of another type is null.</summary>
internal static class JsonFields
{
    public static JsonElement? Field(this JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value;
                }
            }
        }

        return null;
    }

    public static string? Text(this JsonElement element, string name)
        => element.Field(name) is { ValueKind: JsonValueKind.String } value ? TextOf(value) : null;

    /// <summary>A number, also one in quotes.</summary>
    public static double? Number(this JsonElement element, string name) => element.Field(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) => number,
        { ValueKind: JsonValueKind.String } value when double.TryParse(
            TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <summary>The text of a JSON string. One with half a surrogate pair cannot be read and is empty.</summary>
    public static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
