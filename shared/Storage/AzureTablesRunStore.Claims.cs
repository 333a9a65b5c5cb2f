using PelNas.Shared.Storage.AzureTables;


namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    private protected override Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken)
        => _account.RunAsync(() => ClaimTable.ReplaceAsync(_account, key, expected, value, cancellationToken), cancellationToken);

    private protected override Task<int> DeleteClaimsCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _account.RunAsync(() => ClaimTable.DeleteAsync(_account, before, most, cancellationToken), cancellationToken);
}
