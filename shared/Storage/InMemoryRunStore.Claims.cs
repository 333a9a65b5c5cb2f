namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private protected override Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken)
        => Read(() => _claims[key] == expected ? _claims[key] = value : _claims[key], cancellationToken);
}
