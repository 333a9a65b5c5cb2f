using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;

namespace PelNas.Shared.Records;

/// <summary>What one partition's generation goes by: the run as it stood before the generation.</summary>
/// <param name="Candidates">The run's candidates, of all partitions.</param>
/// <param name="Predictor">Trained on all labels; null while there are too few.</param>
/// <param name="LastProposals">What the proposer last proposed for the partition, in its order.</param>
/// <param name="SharedHeuristics">The rules that the other partitions share, without their evidence, the most trusted first.</param>
public sealed record GenerationView(
    int Partition,
    int Generation,
    RunCandidates Candidates,
    AccuracyPredictor? Predictor,
    IReadOnlyList<Expectation> LastProposals,
    IReadOnlyList<Heuristic> SharedHeuristics)
{
    /// <summary>Most rules of other partitions that are shown.</summary>
    public const int MaxShared = 12;

    /// <summary>Reads the view out of a history that ends before the generation.</summary>
    public static GenerationView Of(
        int partition, int generation, RunHistory history, RunCandidates candidates, AccuracyPredictor? predictor)
        => new GenerationView(
            partition,
            generation,
            candidates,
            predictor,
            history.Rounds.LastOrDefault(round => round.Partition == partition && round.Generation < generation)?.Expected ?? [],
            [
                .. history.LastHeuristics().Where(row => row.Partition != partition)
                    .SelectMany(row => row.Rules).Where(rule => rule.Shared).Select(rule => rule with { Evidence = "" })
                    .OrderByDescending(rule => rule.Confidence)
                    .DistinctBy(rule => (rule.Kind, rule.Text))
                    .Take(MaxShared),
            ]);

    /// <summary>The partition's labelled candidates and its front.</summary>
    public PartitionHistory History => PartitionHistory.Of(Partition, Candidates);
}
