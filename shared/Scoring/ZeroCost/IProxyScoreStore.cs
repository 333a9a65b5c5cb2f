namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>Keeps scores of proxies between searches. A cache: what is lost is computed again.</summary>
public interface IProxyScoreStore
{
    /// <summary>All scores of a version, by function; a score that is null is none.</summary>
    /// <param name="version">Settings and proxies that the scores are of.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyDictionary<int, double?[]>> GetAsync(string version, CancellationToken cancellationToken);

    /// <summary>Adds scores; the same ones may be added twice.</summary>
    Task PutAsync(string version, IReadOnlyDictionary<int, double?[]> scores, CancellationToken cancellationToken);
}
