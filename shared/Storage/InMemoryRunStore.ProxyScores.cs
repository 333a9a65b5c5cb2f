using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private readonly Dictionary<(string Version, int FunctionId), ProxyScoreRow> _proxyScores = [];

    private protected override Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresCoreAsync(string version, int first, int last, CancellationToken cancellationToken)
        => Read<IReadOnlyList<ProxyScoreRow>>(
            () =>
            [
                .. _proxyScores.Where(pair => pair.Key.Version == version && pair.Key.FunctionId >= first && pair.Key.FunctionId <= last)
                    .OrderBy(pair => pair.Key.FunctionId).Select(pair => pair.Value),
            ],
            cancellationToken);

    private protected override Task PutProxyScoresCoreAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
        => Write(
            () =>
            {
                foreach (ProxyScoreRow score in scores)
                {
                    _proxyScores[(version, score.FunctionId)] = score;
                }
            },
            cancellationToken);
}
