namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private readonly Dictionary<(string Version, int FunctionId), ProxyScoreRow> _proxyScores = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresAsync(string version, IReadOnlyCollection<int> functions, CancellationToken cancellationToken)
    {
        RowGuard.CheckFunctions(version, functions);
        return Read<IReadOnlyList<ProxyScoreRow>>(
            () => [.. functions.Distinct().Order().Select(function => _proxyScores.GetValueOrDefault((version, function))).OfType<ProxyScoreRow>()],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutProxyScoresAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
    {
        RowGuard.Check(version, scores);
        return Write(
            () =>
            {
                foreach (ProxyScoreRow score in scores)
                {
                    _proxyScores[(version, score.FunctionId)] = score;
                }
            },
            cancellationToken);
    }
}
