using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Scoring.Labels;

/// <summary>
/// Chooses the labels of the seed population, before anything can be predicted: the fastest candidate, then random ones with a live
/// path from each partition in turn.
/// </summary>
public static class SeedLabels
{
    /// <summary>Chooses up to <paramref name="count"/> candidates.</summary>
    public static IReadOnlyList<LabelCandidate> Choose(ISearchSpace space, IReadOnlyList<LabelCandidate> candidates, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(random);
        if (candidates.Count == 0 || count <= 0)
        {
            return [];
        }

        LabelCandidate fastest = candidates.MinBy(candidate => (candidate.LatencyMs, candidate.Index));
        List<LabelCandidate> chosen = [fastest];
        HashSet<int> functions = [fastest.FunctionId];
        Queue<LabelCandidate>[] queues =
        [
            .. candidates.GroupBy(candidate => candidate.Partition).OrderBy(group => group.Key).Select(group =>
            {
                LabelCandidate[] shuffled = [.. group.Where(candidate => space.IsConnected(candidate.Index)).OrderBy(candidate => candidate.Index)];
                random.Shuffle(shuffled);
                return new Queue<LabelCandidate>(shuffled);
            }),
        ];
        while (chosen.Count < count && queues.Any(queue => queue.Count > 0))
        {
            foreach (Queue<LabelCandidate> queue in queues)
            {
                if (chosen.Count < count && TryNext(queue, functions) is { } next)
                {
                    chosen.Add(next);
                }
            }
        }

        return chosen;
    }

    private static LabelCandidate? TryNext(Queue<LabelCandidate> queue, HashSet<int> functions)
    {
        while (queue.TryDequeue(out LabelCandidate candidate))
        {
            if (functions.Add(candidate.FunctionId))
            {
                return candidate;
            }
        }

        return null;
    }
}
