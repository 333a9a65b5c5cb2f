using System.Globalization;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private protected override Task<(BudgetRow Row, string? Version)> GetBudgetCoreAsync(string runId, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                (BudgetRow row, int version) = _runs.GetValueOrDefault(runId)?.Budget ?? (BudgetRow.Empty, 0);
                return (row, Version(version));
            },
            cancellationToken);

    private protected override Task<bool> TryPutBudgetCoreAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
        => Read(
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

    private static string? Version(int number) => number == 0 ? null : number.ToString(CultureInfo.InvariantCulture);
}
