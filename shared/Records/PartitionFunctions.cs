
namespace PelNas.Shared.Records;

/// <summary>
/// The functions with a live path whose fastest cell within the user's limits is in a partition: what is left of them to find, and what is
/// not to be proposed again.
/// </summary>
/// <param name="Unseen">Number of functions that no candidate computes yet.</param>
/// <param name="Tried">The candidates that compute the others, the latest tried first.</param>
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
        RunCandidate[] tried =
        [
            .. candidates.Proposed
                .Where(candidate => candidate.Partition == partition && context.Space.IsConnected(candidate.Row.Index))
                .OrderByDescending(candidate => candidate.Row.Generation)
                .ThenBy(candidate => candidate.Row.Index),
        ];
        int functions = context.FastestCells(partition).Count(context.Space.IsConnected);
        return new PartitionFunctions(functions - tried.Length, [.. tried.Select(candidate => candidate.Row.Index)]);
    }
}
