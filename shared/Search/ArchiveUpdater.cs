using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>UpdateArchive</c>: keeps what is known without training of the candidates that a generation added to a partition.
/// </summary>
public sealed class ArchiveUpdater(RunContexts contexts, RunHistories histories)
{
    /// <summary>Runs the step and returns how many candidates can be labelled: those with a latency.</summary>
    public async Task<int> UpdateAsync(
        string runId,
        int partition,
        int generation,
        IReadOnlyList<CandidatePrediction> predictions,
        IReadOnlyList<CandidateLatency> latencies,
        CancellationToken cancellationToken)
    {
        RunContext context = await contexts.ProposedAsync(runId, generation, partition, cancellationToken);
        Dictionary<int, CandidatePrediction> predicted = predictions.ToDictionary(prediction => prediction.Index);
        CandidateRow[] scored =
        [
            .. latencies.Select(latency => new CandidateRow
            {
                Index = latency.Index,
                LatencyMs = latency.LatencyMs,
                PredictedAccuracy = predicted.GetValueOrDefault(latency.Index)?.Accuracy,
                PredictedDeviation = predicted.GetValueOrDefault(latency.Index)?.Deviation,
            }),
        ];
        return (await histories.AddAsync(context.Run, new ScoresRow(partition, generation, scored), cancellationToken)).Candidates.Count;
    }
}
