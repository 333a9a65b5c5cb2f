using PelNas.Shared.Storage.Sqlite;


namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ClaimTable.Replace(connection, key, expected, value, _time.GetUtcNow()), cancellationToken);

    private protected override Task<int> DeleteClaimsCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ClaimTable.Delete(connection, before, most), cancellationToken);
}
