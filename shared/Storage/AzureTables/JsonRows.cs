using System.Text.Json;
using Azure.Data.Tables;
using PelNas.Shared.Common;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Rows that are kept as one JSON text.</summary>
internal static class JsonRows
{
    /// <summary>How often a change is tried anew when another writer got ahead.</summary>
    public const int MaxAttempts = 30;

    /// <summary>Writes a row in the place of what stands under its keys. <paramref name="folder"/> takes the text when it is long.</summary>
    public static async Task PutJsonAsync<T>(
        this StorageAccount account, string table, string partition, string row, string folder, T value, CancellationToken cancellationToken)
    {
        TableEntity entity = new(partition, row);
        await account.Bodies.SetAsync(entity, folder, PelNasJson.Serialize(value), cancellationToken);
        await account[table].PutAsync(entity, cancellationToken);
    }

    /// <summary>
    /// Changes a row by what stands there, under its ETag, and returns what stands there then. A change whose answer was lost is made
    /// again on its own result.
    /// </summary>
    public static async Task<T?> ChangeJsonAsync<T>(
        this StorageAccount account, string table, string partition, string row, string folder, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            TableEntity? head = await account[table].GetAsync(partition, row, cancellationToken);
            T? stored = head is null ? null : await account.ReadJsonAsync<T>(head, cancellationToken);
            if (change(stored) is not { } changed)
            {
                return stored;
            }

            TableEntity entity = new(partition, row);
            await account.Bodies.SetAsync(entity, folder, PelNasJson.Serialize(changed), cancellationToken);
            if (await (head is null ? account[table].AddAsync(entity, cancellationToken) : account[table].ReplaceAsync(entity, head.ETag, cancellationToken)))
            {
                return changed;
            }
        }

        throw new StoreException(
            account.Location, $"is written to by too many at once: the row {partition}, {row} of {table} changed {MaxAttempts} times while it was written", "Try again.", kind: StoreFaultKind.Passing);
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
