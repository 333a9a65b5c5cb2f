using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Values of which the first one stays. They belong to no run.</summary>
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
            : (await table.GetAsync(partition, key, cancellationToken))?.Required(Value) ?? throw new InvalidOperationException($"The claim '{key}' was deleted, which nothing does.");
    }
}
