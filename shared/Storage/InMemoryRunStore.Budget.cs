using System.Globalization;

namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    /// <inheritdoc/>
    public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read(
            () =>
            {
                (BudgetRow row, int version) = _runs.GetValueOrDefault(runId)?.Budget ?? (BudgetRow.Empty, 0);
                return (row, Version(version));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(row);
        return Read(
            () =>
            {
                InMemoryRun run = Of(runId);
                if (Version(run.Budget.Version) != version)
                {
                    return false;
                }

                run.Budget = (row with { InFlight = [.. row.InFlight] }, run.Budget.Version + 1);
                return true;
            },
            cancellationToken);
    }

    private static string? Version(int number) => number == 0 ? null : number.ToString(CultureInfo.InvariantCulture);
}
