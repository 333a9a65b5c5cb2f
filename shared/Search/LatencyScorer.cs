using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>The step <c>ScoreLatency</c>: the latency of one generation's candidates, in one batch.</summary>
public sealed class LatencyScorer(RunContexts contexts, RunHistories histories)
{
    /// <summary>Scores the candidates that a generation proposed. One that the device cannot run has no latency and is left out.</summary>
    public async Task<IReadOnlyList<CandidateLatency>> ScoreAsync(
        string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.ProposedAsync(runId, generation, partition, cancellationToken);
        ProposalsRow? proposals = await histories.FindAsync<ProposalsRow>(
            context.Run, new(generation, GenerationKinds.Proposals, partition), cancellationToken);
        return
        [
            .. (proposals?.Candidates ?? [])
                .Select(candidate => new CandidateLatency(candidate.Index, context.Benchmark.LatencyMs[candidate.Index]))
                .Where(candidate => double.IsFinite(candidate.LatencyMs)),
        ];
    }
}
