using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Predicts the accuracy of a partition's candidates without training them, in one batch.</summary>
public sealed class ScoreZeroCost(ZeroCostScorer scorer)
{
    [Function(nameof(ScoreZeroCost))]
    public Task<IReadOnlyList<CandidatePrediction>> RunAsync([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => scorer.ScoreAsync(step.RunId, step.Partition, step.Generation, cancellationToken);
}
