namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    /// <inheritdoc/>
    public Task<string> ReplaceClaimAsync(string key, string expected, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        return Read(() => _claims[key] == expected ? _claims[key] = value : _claims[key], cancellationToken);
    }
}
