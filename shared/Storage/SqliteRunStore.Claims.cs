using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override async Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken)
    {
        string? inForce = null;
        await _database.WriteAsync(connection => inForce = ClaimTable.Replace(connection, key, expected, value), cancellationToken);
        return inForce!;
    }
}
