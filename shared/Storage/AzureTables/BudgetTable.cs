using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Ledgers of runs. The version is the row's ETag.</summary>
internal static class BudgetTable
{
    private const string Ledger = "ledger";
    private const string Write = "Write";

    public static async Task<(BudgetRow Row, string? Version)> GetAsync(StorageAccount account, string runId, CancellationToken cancellationToken)
        => await account[TableNames.Budget].GetAsync(runId, Ledger, cancellationToken) is { } entity
            ? (await account.ReadJsonAsync<BudgetRow>(entity, cancellationToken), entity.ETag.ToString())
            : (BudgetRow.Empty, null);

    /// <summary>
    /// Writes the ledger if the version is in force. The client sends a write again whose answer was lost, and then finds the version
    /// changed by itself: a mark of this very write tells it so, and the caller does not charge twice.
    /// </summary>
    public static async Task<bool> TryPutAsync(StorageAccount account, string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.Budget];
#pragma warning disable RS0030 // The mark has to differ from that of any other writer, and no result depends on it.
        string mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
#pragma warning restore RS0030
        TableEntity entity = new(runId, Ledger) { [Write] = mark };
        await account.Bodies.SetAsync(entity, RunTable.Folder(runId), PelNasJson.Serialize(row), cancellationToken);
        TableTransactionAction write = version is null
            ? new(TableTransactionActionType.Add, entity)
            : new(TableTransactionActionType.UpdateReplace, entity, new ETag(version));
        return await rows.TryTransactAsync([write], cancellationToken)
            || (await rows.GetAsync(runId, Ledger, cancellationToken))?.GetString(Write) == mark;
    }
}
