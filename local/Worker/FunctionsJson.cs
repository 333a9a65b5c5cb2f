using System.Text.Json;

namespace PelNas.Local.Worker;

/// <summary>How inputs and outputs of functions are written as JSON: as the isolated worker does it by default.</summary>
internal static class FunctionsJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The value as JSON, by its own type; null for null.</summary>
    public static string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>The value of a JSON text; the type's default for no text.</summary>
    public static object? Deserialize(string? json, Type type) =>
        json is not null ? JsonSerializer.Deserialize(json, type, Options)
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
