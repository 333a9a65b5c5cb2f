using System.Globalization;
using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Reads and writes the properties of entities.</summary>
internal static class EntityColumns
{
    /// <summary>Sets a property, or leaves it out when the value is null.</summary>
    public static void Set(this TableEntity entity, string name, object? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }
    }

    /// <summary>A number with a fraction, or null. The service may write one without a fraction as a whole number.</summary>
    public static double? Number(this TableEntity entity, string name) => entity.TryGetValue(name, out object? value) && value is not null
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>A property that every row has.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is missing; the store reports it as a row that cannot be read.</exception>
    public static T Required<T>(this TableEntity entity, string name, T? value)
        where T : struct
        => value ?? throw new System.Text.Json.JsonException($"{entity.PartitionKey}, {entity.RowKey}: {name} is missing");

    /// <inheritdoc cref="Required{T}(TableEntity, string, T?)"/>
    public static string Required(this TableEntity entity, string name)
        => entity.GetString(name) ?? throw new System.Text.Json.JsonException($"{entity.PartitionKey}, {entity.RowKey}: {name} is missing");
}
