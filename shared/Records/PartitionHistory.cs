
namespace PelNas.Shared.Records;

/// <summary>
/// What a partition knew before a generation: its labelled candidates, the latest first, and its Pareto front, the fastest first.
/// </summary>
/// <param name="Labelled">Labelled candidates of the partition, the latest generation first.</param>
/// <param name="Front">The archive: the non-dominated ones among them, the fastest first.</param>
public sealed record PartitionHistory(IReadOnlyList<RunCandidate> Labelled, IReadOnlyList<RunCandidate> Front)
{
    /// <summary>Reads the history out of a run's candidates.</summary>
    public static PartitionHistory Of(int partition, RunCandidates candidates)
    {
        RunCandidate[] labelled =
        [
            .. candidates.Labelled.Where(candidate => candidate.Partition == partition)
                .OrderByDescending(candidate => candidate.Row.LabelledGeneration).ThenBy(candidate => candidate.Row.Index),
        ];
        return new PartitionHistory(labelled, LabelledFront.Of(labelled));
    }
}
