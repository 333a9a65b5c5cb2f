using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Rows that are kept as one JSON text.</summary>
internal static class JsonColumn
{
    /// <summary>Reads the JSON in a column. <paramref name="what"/> names the row in the error.</summary>
    /// <exception cref="JsonException">The text is not the JSON of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(SqliteDataReader reader, int ordinal, string what)
        where T : class
    {
        try
        {
            return PelNasJson.Deserialize<T>(reader.GetString(ordinal));
        }
        catch (JsonException exception)
        {
            throw new JsonException($"{what}: {exception.Message}", exception);
        }
    }
}
