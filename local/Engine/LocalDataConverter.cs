using System.Text.Json;
using Microsoft.DurableTask;

namespace PelNas.Local.Engine;

/// <summary>JSON as the Functions worker writes and reads it by default: property names as declared, read without regard to case.</summary>
public sealed class LocalDataConverter : DataConverter
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    private LocalDataConverter()
    {
    }

    /// <summary>The only instance.</summary>
    public static LocalDataConverter Default { get; } = new();

    /// <inheritdoc/>
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <inheritdoc/>
    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, Options);
}
