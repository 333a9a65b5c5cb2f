using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Ledgers of runs, one row each. The version of a ledger is its row's ETag.</summary>
internal static class BudgetTable
{
    // Tells a writer that lost the answer to its own write that it was its own.
    private const string Writing = "Writing";

    public static async Task<(BudgetRow Row, string? Version)> GetAsync(StorageAccount account, string runId, CancellationToken cancellationToken)
        => await account[TableNames.Budget].GetAsync(runId, TableKeys.Ledger, cancellationToken) is { } entity
            ? (await account.ReadJsonAsync<BudgetRow>(entity, cancellationToken), entity.ETag.ToString())
            : (BudgetRow.Empty, null);

    public static async Task<bool> TryPutAsync(StorageAccount account, string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        EntityTable table = account[TableNames.Budget];
        string writing = RandomNumberGenerator.GetHexString(32, lowercase: true);
        TableEntity entity = new(runId, TableKeys.Ledger) { [Writing] = writing };
        await account.Bodies.SetAsync(entity, RunTable.Folder(runId), PelNasJson.Serialize(row), cancellationToken);
        return (version is null
                ? await table.AddAsync(entity, cancellationToken)
                : await table.TryReplaceAsync(entity, new ETag(version), cancellationToken))
            || (await table.GetAsync(runId, TableKeys.Ledger, cancellationToken))?.GetString(Writing) == writing;
    }
}
