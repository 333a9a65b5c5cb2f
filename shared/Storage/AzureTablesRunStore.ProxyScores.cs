using PelNas.Shared.Records;
using PelNas.Shared.Storage.AzureTables;


namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    // One range in pages of 1,000 rows, of at most 6,466, is fewer requests than a row a request.
    private protected override Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresCoreAsync(string version, int first, int last, CancellationToken cancellationToken)
        => _account.RunAsync(() => ProxyScoreTable.GetRangeAsync(_account, version, first, last, cancellationToken), cancellationToken);

    private protected override Task PutProxyScoresCoreAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
        => _account.RunAsync(() => ProxyScoreTable.PutAsync(_account, version, scores, cancellationToken), cancellationToken);
}
