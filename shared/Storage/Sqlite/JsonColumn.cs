using System.Text.Json;
using Microsoft.Data.Sqlite;
using PelNas.Shared.Common;

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

    /// <summary>Changes a row by what stands there and returns what stands there then. Needs a write transaction: the row was read, and is written.</summary>
    /// <param name="stored">The row, or null when there is none.</param>
    /// <param name="change">Makes the new row of it; null leaves all as it is.</param>
    /// <param name="put">Writes the JSON of the new row.</param>
    public static T? Change<T>(T? stored, Func<T?, T?> change, Action<string> put)
        where T : class
    {
        if (change(stored) is not { } changed)
        {
            return stored;
        }

        put(PelNasJson.Serialize(changed));
        return changed;
    }
}
