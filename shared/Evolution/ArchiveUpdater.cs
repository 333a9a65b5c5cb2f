using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Evolution;

/// <summary>The step <c>UpdateArchive</c>: closes a partition's generation, once its labels are paid, with the size of its archive.</summary>
public sealed class ArchiveUpdater(IRunStore store)
{
    /// <summary>Runs the step and returns the size of the archive.</summary>
    public async Task<int> UpdateAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunCandidates candidates = await RunCandidates.LoadPartitionAsync(store, runId, partition, generation + 1, cancellationToken);
        PartitionHistory history = PartitionHistory.Of(partition, candidates);
        RoundRow round = await store.GetRoundAsync(runId, partition, generation, cancellationToken)
            ?? throw new InvalidOperationException($"Run {runId} has no round for partition {partition}, generation {generation}.");
        round = round with
        {
            Labels = history.Labelled.Count(candidate => candidate.Row.LabelledGeneration == generation),
            Archive = history.Front.Count,
        };
        await store.PutRoundAsync(runId, round, cancellationToken);
        return round.Archive;
    }
}
