using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Shared.Search;

/// <summary>
/// Zero-cost scores that searches compute themselves (<see cref="ProxyScoreSources.Compute"/>). They are kept in the store under the
/// version of their settings and the function, so that no function is scored a second time by any search.
/// </summary>
public sealed partial class ComputedScores(
    ProxyScoreRepository store, IProxyScorers scorers, ISearchSpace space, ImagesRoot images, ILogger<ComputedScores>? logger = null)
{
    // What a kill can lose: a second's work.
    private const int ChunkSize = 8;

    private static readonly string[] Proxies = ["nwot", "synflow"];

    // One scorer at a time in a process, and that on one thread: the steps of six partitions at once would each take a network's memory,
    // and with more threads a score rounds differently.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private readonly ILogger _logger = logger ?? NullLogger<ComputedScores>.Instance;
    private readonly ConcurrentDictionary<(string Version, int FunctionId), ProxyScoreRow> _known = new();
    private readonly Lazy<int[]> _representatives = new(() => ProxyTable.Representatives(space));

    /// <summary>
    /// What the scores of a search depend on: the size of its images and its classes, and where it trains, the images themselves.
    /// </summary>
    /// <param name="shape">Image size and classes of its data set.</param>
    public ProxySettings SettingsOf(SearchRequest request, DatasetShape shape)
        => ProxyTable.SettingsOf(shape, request.Labels?.Training is { } training ? images.Resolve(training.Images) : null);

    /// <summary>The scores of functions, as far as they have been computed, by function.</summary>
    /// <param name="settings">What they depend on.</param>
    /// <param name="functions">Ids of functions.</param>
    public async Task<IReadOnlyDictionary<int, ProxyScoreRow>> GetAsync(
        ProxySettings settings, IEnumerable<int> functions, CancellationToken cancellationToken)
    {
        string version = settings.Version;
        int[] wanted = [.. functions.Distinct().Order()];
        int[] unknown = [.. wanted.Where(function => !_known.ContainsKey((version, function)))];
        if (unknown.Length > 0)
        {
            Remember(version, await store.GetAsync(version, unknown, cancellationToken));
        }

        return wanted.Where(function => _known.ContainsKey((version, function)))
            .ToDictionary(function => function, function => _known[(version, function)]);
    }

    /// <summary>
    /// Computes the scores of the functions that have none and writes them as it goes. A call that is cancelled, or made again after a
    /// kill, goes on where the last one ended.
    /// </summary>
    /// <param name="settings">What they depend on.</param>
    /// <param name="functions">Ids of functions.</param>
    /// <param name="runId">The run that asks, for the log.</param>
    /// <param name="cancellationToken">Cancels between two architectures.</param>
    /// <returns>How many were computed by this call.</returns>
    public async Task<int> ComputeAsync(
        ProxySettings settings, IReadOnlyCollection<int> functions, string runId, int partition, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, ProxyScoreRow> scored = await GetAsync(settings, functions, cancellationToken);
        int[] missing = [.. functions.Distinct().Where(function => !scored.ContainsKey(function)).Order()];
        int computed = 0;
        int done = 0;
        foreach (int[] chunk in missing.Chunk(ChunkSize))
        {
            // Between chunks others get their turn.
            await Gate.WaitAsync(cancellationToken);
            try
            {
                computed += await ComputeChunkAsync(settings, chunk, cancellationToken);
            }
            finally
            {
                Gate.Release();
            }

            done += chunk.Length;
            LogProgress(done, missing.Length, settings.Version, partition, runId);
        }

        return computed;
    }

    private async Task<int> ComputeChunkAsync(ProxySettings settings, int[] functions, CancellationToken cancellationToken)
    {
        List<ProxyScoreRow> rows = [];
        try
        {
            using IProxyScorer scorer = scorers.Open(settings, Proxies);

            // Another partition may have come across the same function while this one waited.
            foreach (int function in functions.Where(function => !_known.ContainsKey((settings.Version, function))))
            {
                cancellationToken.ThrowIfCancellationRequested();
                IReadOnlyList<ProxyScore> scores = scorer.Score(space.Genotype(_representatives.Value[function]));
                rows.Add(new ProxyScoreRow(function, scores[0].Value, scores[1].Value));
            }
        }
        finally
        {
            // They are paid for: they are kept even when the step has been cancelled meanwhile.
            await store.PutAsync(settings.Version, rows, CancellationToken.None);
            Remember(settings.Version, rows);
            SearchMetrics.ProxyScores.Add(rows.Count, new KeyValuePair<string, object?>(TelemetryNames.ProxyVersion, settings.Version));
        }

        return rows.Count;
    }

    private void Remember(string version, IEnumerable<ProxyScoreRow> rows)
    {
        foreach (ProxyScoreRow row in rows)
        {
            _known[(version, row.FunctionId)] = row;
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Zero-cost scores ({Version}): {Done} of {Total} functions of partition {Partition} of search {RunId}.")]
    private partial void LogProgress(int done, int total, string version, int partition, string runId);
}
