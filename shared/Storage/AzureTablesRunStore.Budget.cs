using PelNas.Shared.Records;
using PelNas.Shared.Storage.AzureTables;


namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    private protected override Task<(BudgetRow Row, string? Version)> GetBudgetCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => BudgetTable.GetAsync(_account, runId, cancellationToken), cancellationToken);

    private protected override Task<bool> TryPutBudgetCoreAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => BudgetTable.TryPutAsync(_account, runId, row, version, cancellationToken), cancellationToken);
}
