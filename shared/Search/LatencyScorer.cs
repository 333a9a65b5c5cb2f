using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Search;

/// <summary>The step <c>ScoreLatency</c>: the latency of one generation's candidates, in one batch.</summary>
public sealed class LatencyScorer(IRunStore store, RunContexts contexts, ILatencySource source)
{
    /// <summary>Scores the candidates that a generation proposed and returns how many.</summary>
    public async Task<int> ScoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        int[] indices =
        [
            .. (await store.GetCandidatesAsync(runId, partition, cancellationToken))
                .Where(row => row.Generation == generation)
                .Select(row => row.Index),
        ];
        IReadOnlyList<double> latencies = await source.MeasureAsync(context.Benchmark, indices, cancellationToken);
        CandidateRow[] scored =
        [
            .. indices.Zip(latencies)
                .Where(pair => double.IsFinite(pair.Second))
                .Select(pair => new CandidateRow { Index = pair.First, LatencyMs = pair.Second }),
        ];
        await store.MergeCandidatesAsync(runId, partition, scored, cancellationToken);
        return scored.Length;
    }
}
