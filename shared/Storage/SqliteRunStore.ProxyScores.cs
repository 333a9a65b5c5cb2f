using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
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

        List<ProxyScoreRow> rows = await _database.ReadAsync(
            connection => ProxyScoreTable.GetRange(connection, version, functions.Min(), functions.Max()), cancellationToken);
        return ProxyScoreRows.Among(rows, functions);
    }

    /// <inheritdoc/>
    public Task PutProxyScoresAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
    {
        RowGuard.Check(version, scores);
        return _database.WriteAsync(connection => ProxyScoreTable.Put(connection, version, scores), cancellationToken);
    }
}
