
namespace PelNas.Shared.Records;

/// <summary>
/// The functions that a partition's cells with a live path compute within the user's limits: what is left of them to find, and what is
/// not to be proposed again. A function counts as tried whichever partition tried it.
/// </summary>
/// <param name="Unseen">Number of functions that no candidate of the run computes yet.</param>
/// <param name="Tried">One cell of the partition for each of the others, the latest tried first.</param>
public sealed record PartitionFunctions(int Unseen, IReadOnlyList<int> Tried)
{
    /// <summary>Takes stock of a partition before a generation.</summary>
    /// <param name="context">The run.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="candidates">The run's candidates, of all partitions, before the generation.</param>
    public static PartitionFunctions Of(RunContext context, int partition, RunCandidates candidates)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(candidates);
        Dictionary<int, int> cellOf = [];
        foreach (int index in context.Map.Members(partition).Where(index => context.Space.IsConnected(index) && context.IsAllowed(partition, index)))
        {
            cellOf.TryAdd(context.Space.FunctionId(index), index);
        }

        // The partition's own candidate stands for its function: it is the one that the other lists of a prompt show.
        RunCandidate[] tried =
        [
            .. candidates.Proposed
                .Where(candidate => cellOf.ContainsKey(context.Space.FunctionId(candidate.Row.Index)))
                .OrderByDescending(candidate => candidate.Row.Generation)
                .ThenBy(candidate => candidate.Partition != partition)
                .ThenBy(candidate => candidate.Row.Index)
                .DistinctBy(candidate => context.Space.FunctionId(candidate.Row.Index)),
        ];
        return new PartitionFunctions(
            cellOf.Count - tried.Length,
            [.. tried.Select(candidate => candidate.Partition == partition ? candidate.Row.Index : cellOf[context.Space.FunctionId(candidate.Row.Index)])]);
    }
}
