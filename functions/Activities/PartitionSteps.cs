using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>The steps of one generation of one partition, which <see cref="PartitionOrchestrator"/> calls.</summary>
public sealed class PartitionSteps(
    PartitionSeeder seeder, HeuristicsUpdater reasoner, ArchitectureMutator architect, ZeroCostScorer zeroCost, LatencyScorer latency,
    ArchiveUpdater archive)
{
    /// <summary>Draws the first population of a partition.</summary>
    [Function(nameof(SeedPartition))]
    public Task<ProposalCounts> SeedPartition([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => seeder.SeedAsync(step.RunId, step.Partition, cancellationToken);

    /// <summary>LLM call 1: rewrites the heuristics of a partition from its results.</summary>
    [Function(nameof(UpdateHeuristics))]
    public Task UpdateHeuristics([ActivityTrigger] AskInput input, CancellationToken cancellationToken)
        => reasoner.UpdateAsync(input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Allowance, cancellationToken);

    /// <summary>LLM call 2: crossover and mutation guided by the heuristics; the answer is validated.</summary>
    [Function(nameof(MutateArchitectures))]
    public Task<ProposalCounts> MutateArchitectures([ActivityTrigger] AskInput input, CancellationToken cancellationToken)
        => architect.MutateAsync(input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Allowance, cancellationToken);

    /// <summary>Predicts the accuracy of a partition's candidates without training them, in one batch.</summary>
    [Function(nameof(ScoreZeroCost))]
    public Task<IReadOnlyList<CandidatePrediction>> ScoreZeroCost(
        [ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => zeroCost.ScoreAsync(step.RunId, step.Partition, step.Generation, cancellationToken);

    /// <summary>Looks up the latency of a generation's candidates, in one batch.</summary>
    [Function(nameof(ScoreLatency))]
    public Task<IReadOnlyList<CandidateLatency>> ScoreLatency([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => latency.ScoreAsync(step.RunId, step.Partition, step.Generation, cancellationToken);

    /// <summary>Keeps the scores of a generation's candidates; returns how many of them can be labelled.</summary>
    [Function(nameof(UpdateArchive))]
    public Task<int> UpdateArchive([ActivityTrigger] ArchiveInput input, CancellationToken cancellationToken)
        => archive.UpdateAsync(
            input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Predictions, input.Latencies, cancellationToken);
}
