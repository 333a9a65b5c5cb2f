using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>Where the ledgers of runs are kept. Several processes may charge one run at the same time, so every write names the version it changes.</summary>
public interface IBudgetStore
{
    /// <summary>The ledger of a run with its version; empty and version null for a run that has none yet.</summary>
    Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes the ledger if the version in force is still the given one.</summary>
    /// <param name="runId">Run.</param>
    /// <param name="row">The new ledger.</param>
    /// <param name="version">Version it was made from; null when there was none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was written; false when somebody else has written meanwhile.</returns>
    Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken);
}
