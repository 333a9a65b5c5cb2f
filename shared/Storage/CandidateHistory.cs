using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>Candidates as they stood after a generation.</summary>
public static class CandidateHistory
{
    /// <summary>
    /// The candidates of a partition that were proposed by a generation, by index. A label that was paid for later is left out, and so is a
    /// prediction that a later generation made: of predictions the store keeps the last one.
    /// </summary>
    public static async Task<IReadOnlyList<CandidateRow>> GetCandidatesAsOfAsync(
        this IRunStore store, string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        StoreGuard.NotNegative(generation, nameof(generation));
        return [.. (await store.GetCandidatesAsync(runId, partition, cancellationToken)).Where(row => row.Generation <= generation).Select(row => AsOf(row, generation))];
    }

    private static CandidateRow AsOf(CandidateRow row, int generation)
    {
        CandidateRow labelled = row.LabelledGeneration > generation ? row with { Accuracy = null, LabelledGeneration = null } : row;
        return labelled.PredictedGeneration > generation
            ? labelled with { PredictedAccuracy = null, PredictedDeviation = null, PredictedGeneration = null }
            : labelled;
    }
}
