using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Storage.Sqlite;


namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override Task<(BudgetRow Row, string? Version)> GetBudgetCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => BudgetTable.Get(connection, runId), cancellationToken);

    private protected override Task<bool> TryPutBudgetCoreAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(row);
        return WriteToAsync(runId, connection => BudgetTable.TryPut(connection, runId, body, version), cancellationToken);
    }
}
