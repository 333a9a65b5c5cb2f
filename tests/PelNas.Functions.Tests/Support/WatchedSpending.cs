namespace PelNas.Functions.Tests.Support;

/// <summary>A store that remembers the most that its runs were ever charged together with what was in flight.</summary>
internal sealed class WatchedSpending(IRowStore inner) : PassingRows(inner)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RowId, double> _committed = [];

    /// <summary>US dollars.</summary>
    public double MostCommitted { get; private set; }

    public override async Task<string?> TryPutAsync(RowId id, string body, RowCondition condition, CancellationToken cancellationToken)
    {
        string? etag = await base.TryPutAsync(id, body, condition, cancellationToken);
        if (etag is not null && id.Key.StartsWith("spending:", StringComparison.Ordinal))
        {
            lock (_gate)
            {
                _committed[id] = PelNasJson.Deserialize<SpendingRow>(body).Settled().Spent.Usd!.Value;
                MostCommitted = Math.Max(MostCommitted, _committed.Values.Sum());
            }
        }

        return etag;
    }
}
