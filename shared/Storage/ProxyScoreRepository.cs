using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// Zero-cost scores that searches have computed. They belong to no run: a score depends on the function and on the settings of the proxies
/// alone, so every later search with these settings finds it here.
/// </summary>
public sealed class ProxyScoreRepository(IRowStore rows)
{
    private const string Table = "ProxyScores";

    /// <summary>The scores of some functions, by function. Those that nobody has computed are left out.</summary>
    /// <param name="version">Names the settings of the proxies; the key of a partition.</param>
    /// <param name="functions">Ids of functions.</param>
    public async Task<IReadOnlyList<ProxyScoreRow>> GetAsync(
        string version, IReadOnlyCollection<int> functions, CancellationToken cancellationToken)
    {
        HashSet<int> wanted = [.. functions];
        if (wanted.Count == 0)
        {
            return [];
        }

        RowQuery query = new(Table, version) { From = KeyOf(wanted.Min()), To = KeyOf(wanted.Max() + 1) };
        return [.. (await rows.ListAsync<ProxyScoreRow>(query, cancellationToken)).Where(score => wanted.Contains(score.FunctionId))];
    }

    /// <summary>Writes scores, replacing what stands under their keys.</summary>
    /// <param name="version">Names the settings of the proxies.</param>
    /// <param name="scores">The scores, each function once.</param>
    public Task PutAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
        => rows.TryPutBatchAsync(
            Table, version, [.. scores.Select(score => new RowWrite(KeyOf(score.FunctionId), PelNasJson.Serialize(score)))],
            cancellationToken);

    private static string KeyOf(int function) => function.ToString("D10", CultureInfo.InvariantCulture);
}
