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
        for (int attempt = 0; attempt < JsonRows.MaxAttempts; attempt++)
        {
            if (await table.AddAsync(new TableEntity(partition, key) { [Value] = value }, cancellationToken))
            {
                return value;
            }

            // It may have grown old enough to be deleted between the two.
            if (await table.GetAsync(partition, key, cancellationToken) is { } claim)
            {
                return claim.Required(Value);
            }
        }

        throw new StoreException(account.Location, $"is written to by too many at once: the claim '{key}' came and went {JsonRows.MaxAttempts} times", "Try again.", kind: StoreFaultKind.Passing);
    }

    /// <summary>
    /// Puts a value in the place of the expected one, if that is in force or none is, and returns the one that is now. A client that lost the
    /// answer to its own write finds its value there.
    /// </summary>
    public static async Task<string> ReplaceAsync(StorageAccount account, string key, string expected, string value, CancellationToken cancellationToken)
    {
        EntityTable table = account[TableNames.Claims];
        string partition = TableKeys.Claims(key);
        if (await table.GetAsync(partition, key, cancellationToken) is { } claim)
        {
            if (claim.Required(Value) != expected)
            {
                return claim.Required(Value);
            }

            if (await table.ReplaceAsync(new TableEntity(partition, key) { [Value] = value }, claim.ETag, cancellationToken))
            {
                return value;
            }
        }

        return await ClaimAsync(account, key, value, cancellationToken);
    }

    /// <summary>Deletes those that were last written before a time by the service's clock, partition by partition, and returns how many.</summary>
    public static Task<int> DeleteAsync(StorageAccount account, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        EntityTable table = account[TableNames.Claims];
        return table.DeleteWrittenBeforeAsync(TableKeys.HashPartitions, before, most, row => table.TryDeleteAsync(row, cancellationToken), cancellationToken);
    }
}
