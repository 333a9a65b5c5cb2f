using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace PelNas.Shared.Common;

/// <summary>
/// The one way this product writes and reads JSON: camelCase names, enums as strings, times as ISO 8601 UTC, no number that is
/// not finite, and on reading no missing required field, no null where none is allowed and no field twice.
/// </summary>
public static class PelNasJson
{
    /// <summary>
    /// Compact. Text of any script stays readable, and what HTML gives a meaning to is escaped, so that the JSON may stand
    /// inside a page.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Frozen(new JsonSerializerOptions(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new UtcTimeConverter() },
    });

    /// <summary>
    /// The same, indented, for files that people read. Architecture strings stay as they are published (a plus sign is not
    /// escaped), so this is for files and terminals and never for a page.
    /// </summary>
    public static JsonSerializerOptions Indented { get; } = Frozen(new JsonSerializerOptions(Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Compact JSON of a value.</summary>
    /// <exception cref="ArgumentException">A number in it is not finite.</exception>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is not JSON, is the literal null, or does not fit the type.</exception>
    public static T Deserialize<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
