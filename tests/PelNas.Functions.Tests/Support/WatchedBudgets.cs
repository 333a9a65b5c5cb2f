using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Functions.Tests.Support;

/// <summary>Ledgers that remember the most that a run was ever charged together with what was in flight.</summary>
internal sealed class WatchedBudgets(IBudgetStore inner) : IBudgetStore
{
    private readonly Lock _gate = new();

    /// <summary>US dollars.</summary>
    public double MostCommitted { get; private set; }

    public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken) => inner.GetBudgetAsync(runId, cancellationToken);

    public async Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        bool isWritten = await inner.TryPutBudgetAsync(runId, row, version, cancellationToken);
        lock (_gate)
        {
            MostCommitted = isWritten ? Math.Max(MostCommitted, row.Committed.Usd!.Value) : MostCommitted;
        }

        return isWritten;
    }
}
