using PelNas.Shared.Records;
using PelNas.Shared.Storage.Sqlite;


namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override async Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresCoreAsync(string version, int first, int last, CancellationToken cancellationToken)
        => await _database.ReadAsync(connection => ProxyScoreTable.GetRange(connection, version, first, last), cancellationToken);

    private protected override Task PutProxyScoresCoreAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ProxyScoreTable.Put(connection, version, scores), cancellationToken);
}
