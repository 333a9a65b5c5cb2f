using PelNas.Shared.Storage.AzureTables;

namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    /// <inheritdoc/>
    public Task<string> ReplaceClaimAsync(string key, string expected, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        return _account.RunAsync(() => ClaimTable.ReplaceAsync(_account, key, expected, value, cancellationToken), cancellationToken);
    }
}
