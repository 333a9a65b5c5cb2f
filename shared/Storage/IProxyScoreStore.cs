using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>
/// Where zero-cost scores that searches have computed are kept. They belong to no run: a score depends on the function and on the settings of
/// the proxies alone, so every later search with these settings finds it here.
/// </summary>
public interface IProxyScoreStore
{
    /// <summary>The scores of some functions, by function. Those that nobody has computed are left out.</summary>
    /// <param name="version">Names the settings of the proxies; a key (<see cref="StoreGuard.Key"/>).</param>
    /// <param name="functions">Ids of functions.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresAsync(string version, IReadOnlyCollection<int> functions, CancellationToken cancellationToken);

    /// <summary>Writes scores in the place of what stands under their keys.</summary>
    /// <param name="version">Names the settings of the proxies; a key (<see cref="StoreGuard.Key"/>).</param>
    /// <param name="scores">The scores, each function once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task PutProxyScoresAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken);
}
