using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>
/// The proxies' scores that a search asks for: from the table that ships, else from the store, else computed and stored. Isomorphic cells
/// share their scores.
/// </summary>
/// <remarks>
/// One batch at a time is computed in a process, on one thread, so that the memory for one network is all it takes. Scores are stored as
/// they come: a step that is cancelled, or that runs twice, computes none of them again.
/// </remarks>
public sealed class ProxyScores(BenchmarkTables tables, IProxyScoreStore store) : IDisposable
{
    private const int Stride = 16;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lazy<int[]> _representatives = new(() => ProxyTable.Representatives(tables.Space));

    /// <summary>Scores by architecture, each in the order of <see cref="ProxyTable.Proxies"/>; one that is null is none.</summary>
    /// <param name="dataset">Data set.</param>
    /// <param name="indices">Architectures.</param>
    /// <param name="progress">Told how many functions of how many have been computed; null for nobody. Not called for what is known.</param>
    /// <param name="cancellationToken">Cancels between two architectures.</param>
    /// <exception cref="Torch.Loading.LibTorchException">Scores have to be computed, and LibTorch cannot be loaded here.</exception>
    public async Task<IReadOnlyDictionary<int, double?[]>> GetAsync(
        string dataset, IReadOnlyCollection<int> indices, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ISearchSpace space = tables.Space;
        IReadOnlyDictionary<int, double?[]> byFunction = tables.HasProxyScores(dataset)
            ? FromTable(dataset, indices.Select(space.FunctionId).Distinct())
            : await FromStoreAsync(dataset, [.. indices.Select(space.FunctionId).Distinct()], progress, cancellationToken);
        return indices.Distinct().ToDictionary(index => index, index => byFunction[space.FunctionId(index)]);
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _one.Dispose();

    private Dictionary<int, double?[]> FromTable(string dataset, IEnumerable<int> functions)
    {
        TableColumn[] columns = [.. ProxyTable.Proxies.Select(proxy => tables.GetProxyScore(dataset, proxy))];
        return functions.ToDictionary(
            function => function,
            function => columns.Select(column => column.Values[_representatives.Value[function]] is var value && double.IsNaN(value) ? (double?)null : value).ToArray());
    }

    private async Task<IReadOnlyDictionary<int, double?[]>> FromStoreAsync(
        string dataset, int[] functions, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        ProxySettings settings = ProxyTable.SettingsOf(dataset);
        await _one.WaitAsync(cancellationToken);
        try
        {
            Dictionary<int, double?[]> known = new(await store.GetAsync(settings.Version, cancellationToken));
            int[] missing = [.. functions.Where(function => !known.ContainsKey(function)).Order()];
            if (missing.Length == 0)
            {
                return known;
            }

            using ProxyScorer scorer = new(settings, ProxyTable.Proxies);
            int done = 0;
            foreach (int[] batch in missing.Chunk(Stride))
            {
                Dictionary<int, double?[]> fresh = [];
                foreach (int function in batch)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    fresh[function] = [.. scorer.Score(tables.Space.Genotype(_representatives.Value[function])).Select(score => score.Value)];
                    progress?.Report((++done, missing.Length));
                }

                await store.PutAsync(settings.Version, fresh, cancellationToken);
                foreach ((int function, double?[] scores) in fresh)
                {
                    known[function] = scores;
                }
            }

            return known;
        }
        finally
        {
            _one.Release();
        }
    }
}
