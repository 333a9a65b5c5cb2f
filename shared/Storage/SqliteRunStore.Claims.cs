using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    /// <inheritdoc/>
    public async Task<string> ReplaceClaimAsync(string key, string expected, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        string? inForce = null;
        await _database.WriteAsync(connection => inForce = ClaimTable.Replace(connection, key, expected, value), cancellationToken);
        return inForce!;
    }
}
