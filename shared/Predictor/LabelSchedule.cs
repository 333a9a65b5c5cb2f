namespace PelNas.Shared.Predictor;

/// <summary>Spreads a label budget over the generations: a seed set first, then equal shares of what is left.</summary>
public static class LabelSchedule
{
    /// <summary>Random labels of each partition in the seed set.</summary>
    public const int SeedsPerPartition = 2;

    /// <summary>
    /// Most labels that go to the cells that a prior ranks: enough to train a predictor, and no more than a prior of noise may cost.
    /// </summary>
    public const int MaxRanked = 12;

    /// <summary>Most of a small budget that goes to them.</summary>
    public const double RankedShare = 0.6;

    // Fewer leave a call no choice, and its prompt is the same.
    private const int LeastProposals = 6;

    /// <summary>Most labels chosen at once: those after them are chosen knowing what they gave.</summary>
    public const int MaxRound = 6;

    /// <summary>Splits a generation's labels into rounds that are nearly equal and not larger than <see cref="MaxRound"/>.</summary>
    /// <param name="share">Labels to pay in the generation.</param>
    public static IEnumerable<int> Rounds(int share)
    {
        int rounds = (share + MaxRound - 1) / MaxRound;
        return Enumerable.Range(0, rounds).Select(round => (share * (round + 1) / rounds) - (share * round / rounds));
    }

    /// <summary>
    /// Architectures to ask of the proposer for a partition and generation: twice as many as will be labelled there if all partitions are
    /// alike, so that there is a choice, and at least six.
    /// </summary>
    /// <param name="left">Labels left to pay.</param>
    /// <param name="generations">Generations left, this one included.</param>
    /// <param name="most">The most that the request allows.</param>
    public static int Proposals(int left, int generations, int partitions, int most)
        => Math.Min(most, Math.Max(LeastProposals, (int)Math.Ceiling(2.0 * left / (generations * partitions))));

    /// <summary>Labels to pay in a generation.</summary>
    /// <param name="maxLabels">The budget.</param>
    /// <param name="paid">Labels paid before this generation.</param>
    /// <param name="generation">Generation; 0 is the seed population.</param>
    /// <param name="generations">Generations after the seed population.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="ranked">Cells that a prior ranks for the first labels.</param>
    public static int Share(int maxLabels, int paid, int generation, int generations, int partitions, int ranked = 0)
    {
        int left = Math.Max(0, maxLabels - paid);
        if (generation == 0 && ranked > 0)
        {
            return Math.Min(left, Math.Min(Math.Min(ranked, MaxRanked), (int)Math.Ceiling(RankedShare * maxLabels)));
        }

        if (generation == 0)
        {
            // One for the fastest architecture of all; a third of the budget at most, or nothing is left to choose with; but enough to
            // predict from, where that leaves half of it.
            int least = maxLabels < 2 * AccuracyPredictor.MinLabels ? partitions : Math.Max(partitions, AccuracyPredictor.MinLabels);
            return Math.Min(left, Math.Min(1 + (SeedsPerPartition * partitions), Math.Max(least, maxLabels / 3)));
        }

        int remaining = generations - generation + 1;
        return (left + remaining - 1) / remaining;
    }
}

/// <summary>A candidate whose label may be paid for.</summary>
/// <param name="LatencyMs">Latency, ms.</param>
public readonly record struct LabelCandidate(int Index, int Partition, double LatencyMs);
