using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Values of which the first one stays until it is replaced. They belong to no run.</summary>
internal static class ClaimTable
{
    private const string Value = "Value";

    /// <summary>
    /// Stores the value unless one is there, and returns the one in force. A client that lost the answer to its own write finds its
    /// value there when it tries again.
    /// </summary>
    public static async Task<string> ClaimAsync(StorageAccount account, string key, string value, CancellationToken cancellationToken)
    {
        EntityTable table = account[TableNames.Claims];
        string partition = TableKeys.Claims(key);
        return await table.AddAsync(new TableEntity(partition, key) { [Value] = value }, cancellationToken)
            ? value
            : (await GetAsync(table, partition, key, cancellationToken)).Required(Value);
    }

    /// <summary>
    /// Puts a value in the place of the expected one, if that is in force, and returns the one that is now. A client that lost the answer
    /// to its own write finds its value there.
    /// </summary>
    public static async Task<string> ReplaceAsync(StorageAccount account, string key, string expected, string value, CancellationToken cancellationToken)
    {
        EntityTable table = account[TableNames.Claims];
        string partition = TableKeys.Claims(key);
        TableEntity claim = await GetAsync(table, partition, key, cancellationToken);
        if (claim.Required(Value) != expected)
        {
            return claim.Required(Value);
        }

        TableTransactionAction replacement = new(TableTransactionActionType.UpdateReplace, new TableEntity(partition, key) { [Value] = value }, claim.ETag);
        return await table.TryTransactAsync([replacement], cancellationToken)
            ? value
            : (await GetAsync(table, partition, key, cancellationToken)).Required(Value);
    }

    private static async Task<TableEntity> GetAsync(EntityTable table, string partition, string key, CancellationToken cancellationToken)
        => await table.GetAsync(partition, key, cancellationToken) ?? throw new InvalidOperationException($"The claim '{key}' was deleted, which nothing does.");
}
