using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override Task<(BudgetRow Row, string? Version)> GetBudgetCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => BudgetTable.Get(connection, runId), cancellationToken);

    private protected override async Task<bool> TryPutBudgetCoreAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(row);
        bool written = false;
        await _database.WriteAsync(connection => written = BudgetTable.TryPut(connection, runId, body, version), cancellationToken);
        return written;
    }
}
