using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Search;

/// <summary>The step <c>UpdateArchive</c>: closes a partition's generation, once its labels are paid, with the size of its archive.</summary>
public sealed class ArchiveUpdater(IRunStore store)
{
    /// <summary>Runs the step and returns the size of the archive.</summary>
    public async Task<int> UpdateAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunCandidates candidates = await RunCandidates.LoadPartitionAsync(store, runId, partition, generation + 1, cancellationToken);
        PartitionHistory history = PartitionHistory.Of(partition, candidates);
        int labels = history.Labelled.Count(candidate => candidate.Row.LabelledGeneration == generation);
        RoundRow round = await store.ChangeRoundAsync(
            runId,
            partition,
            generation,
            stored => stored is null ? null : stored with { Labels = labels, Archive = history.Front.Count },
            cancellationToken) ?? throw new InvalidOperationException($"Run {runId} has no round for partition {partition}, generation {generation}.");
        return round.Archive;
    }
}
