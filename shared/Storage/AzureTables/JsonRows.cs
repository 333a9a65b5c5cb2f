using System.Text.Json;
using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Rows that are kept as one JSON text.</summary>
internal static class JsonRows
{
    /// <summary>Writes a row in the place of what stands under its keys. <paramref name="folder"/> takes the text when it is long.</summary>
    public static async Task PutJsonAsync<T>(
        this StorageAccount account, string table, string partition, string row, string folder, T value, CancellationToken cancellationToken)
    {
        TableEntity entity = new(partition, row);
        await account.Bodies.SetAsync(entity, folder, PelNasJson.Serialize(value), cancellationToken);
        await account[table].PutAsync(entity, cancellationToken);
    }

    /// <summary>Reads a row, or null.</summary>
    public static async Task<T?> GetJsonAsync<T>(this StorageAccount account, string table, string partition, string row, CancellationToken cancellationToken)
        where T : class
        => await account[table].GetAsync(partition, row, cancellationToken) is { } entity ? await account.ReadJsonAsync<T>(entity, cancellationToken) : null;

    /// <summary>Reads a range of rows.</summary>
    public static Task<IReadOnlyList<T>> ListJsonAsync<T>(this StorageAccount account, string table, string partition, RowRange range, CancellationToken cancellationToken)
        where T : class
        => account[table].ReadAsync(partition, range, account.ReadJsonAsync<T>, cancellationToken);

    /// <summary>The value of a row.</summary>
    /// <exception cref="JsonException">The text is not the JSON of a <typeparamref name="T"/>.</exception>
    public static async ValueTask<T> ReadJsonAsync<T>(this StorageAccount account, TableEntity entity, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return PelNasJson.Deserialize<T>(await account.Bodies.GetAsync(entity, cancellationToken));
        }
        catch (JsonException exception)
        {
            throw new JsonException($"{entity.PartitionKey}, {entity.RowKey}: {exception.Message}", exception);
        }
    }
}
