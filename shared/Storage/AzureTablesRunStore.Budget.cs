using PelNas.Shared.Storage.AzureTables;

namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    /// <inheritdoc/>
    public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => BudgetTable.GetAsync(_account, runId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(row);
        return _account.RunAsync(() => BudgetTable.TryPutAsync(_account, runId, row, version, cancellationToken), cancellationToken);
    }
}
