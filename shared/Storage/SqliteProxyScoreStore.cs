using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

/// <summary>Keeps scores of proxies in the embedded store's file on this machine, wherever the searches themselves are kept.</summary>
public sealed class SqliteProxyScoreStore(string file) : IProxyScoreStore, IDisposable
{
    private readonly SqliteDatabase _database = new(file, TimeSpan.FromSeconds(30));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, double?[]>> GetAsync(string version, CancellationToken cancellationToken)
    {
        StoreGuard.Key(version, nameof(version));
        return _database.ReadAsync(connection => ProxyScoreTable.Get(connection, version), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutAsync(string version, IReadOnlyDictionary<int, double?[]> scores, CancellationToken cancellationToken)
    {
        StoreGuard.Key(version, nameof(version));
        return _database.WriteAsync(connection => ProxyScoreTable.Put(connection, version, scores), cancellationToken);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _database.Dispose();
}
