using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Looks up the latency of a generation's candidates, in one batch.</summary>
public sealed class ScoreLatency(LatencyScorer scorer)
{
    [Function(nameof(ScoreLatency))]
    public Task<IReadOnlyList<CandidateLatency>> RunAsync([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => scorer.ScoreAsync(step.RunId, step.Partition, step.Generation, cancellationToken);
}
