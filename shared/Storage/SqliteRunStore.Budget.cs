using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    /// <inheritdoc/>
    public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _database.ReadAsync(connection => BudgetTable.Get(connection, runId), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(row);
        string body = PelNasJson.Serialize(row);
        bool written = false;
        await _database.WriteAsync(connection => written = BudgetTable.TryPut(connection, runId, body, version), cancellationToken);
        return written;
    }
}
