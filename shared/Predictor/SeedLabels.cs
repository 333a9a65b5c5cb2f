namespace PelNas.Shared.Predictor;

/// <summary>
/// Chooses labels while nothing can be predicted: first of all what a prior ranks; without one the fastest candidate, since it is an end of
/// the front, and then what training-free scores promise; then random ones from each partition in turn.
/// </summary>
public static class SeedLabels
{
    /// <summary>Chooses up to <paramref name="count"/> candidates.</summary>
    /// <param name="candidates">The candidates without a label.</param>
    /// <param name="withFastest">Whether the fastest is to be among them, as it is while nothing is labelled.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="random">Source of chance.</param>
    /// <param name="ranked">Architectures that a prior would label first, in its order; they go before everything else.</param>
    /// <param name="promising">Architectures to label after the fastest one and before those drawn by chance, in order.</param>
    public static IReadOnlyList<LabelCandidate> Choose(
        IReadOnlyList<LabelCandidate> candidates,
        bool withFastest,
        int count,
        Random random,
        IReadOnlyList<int>? ranked = null,
        IReadOnlyList<int>? promising = null)
    {
        if (candidates.Count == 0 || count <= 0)
        {
            return [];
        }

        Dictionary<int, LabelCandidate> byIndex = candidates.ToDictionary(candidate => candidate.Index);
        List<LabelCandidate> chosen = [.. Known(ranked ?? []).Take(count)];
        if (withFastest && chosen.Count == 0)
        {
            chosen.Add(candidates.MinBy(candidate => (candidate.LatencyMs, candidate.Index)));
        }

        chosen.AddRange(Known(promising ?? []).Except(chosen).Take(count - chosen.Count));
        Queue<LabelCandidate>[] queues =
        [
            .. candidates.Except(chosen).GroupBy(candidate => candidate.Partition).OrderBy(group => group.Key).Select(group =>
            {
                LabelCandidate[] shuffled = [.. group.OrderBy(candidate => candidate.Index)];
                random.Shuffle(shuffled);
                return new Queue<LabelCandidate>(shuffled);
            }),
        ];
        while (chosen.Count < count && queues.Any(queue => queue.Count > 0))
        {
            foreach (Queue<LabelCandidate> queue in queues)
            {
                if (chosen.Count < count && queue.TryDequeue(out LabelCandidate next))
                {
                    chosen.Add(next);
                }
            }
        }

        return chosen;

        IEnumerable<LabelCandidate> Known(IReadOnlyList<int> indices)
            => indices.Where(byIndex.ContainsKey).Distinct().Select(index => byIndex[index]);
    }
}
