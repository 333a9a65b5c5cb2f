using PelNas.Shared.Storage.AzureTables;

namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresAsync(
        string version, IReadOnlyCollection<int> functions, CancellationToken cancellationToken)
    {
        RowGuard.CheckFunctions(version, functions);
        if (functions.Count == 0)
        {
            return [];
        }

        // One range in pages of 1,000 rows, of at most 6,466, is fewer requests than a row a request.
        IReadOnlyList<ProxyScoreRow> rows = await _account.RunAsync(
            () => ProxyScoreTable.GetRangeAsync(_account, version, functions.Min(), functions.Max(), cancellationToken), cancellationToken);
        return ProxyScoreRows.Among(rows, functions);
    }

    /// <inheritdoc/>
    public Task PutProxyScoresAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
    {
        RowGuard.Check(version, scores);
        return _account.RunAsync(() => ProxyScoreTable.PutAsync(_account, version, scores, cancellationToken), cancellationToken);
    }
}
