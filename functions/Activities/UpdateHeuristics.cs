using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Search;

namespace PelNas.Functions.Activities;

/// <summary>LLM call 1: rewrites the heuristics of a partition from its results.</summary>
public sealed class UpdateHeuristics(HeuristicsUpdater updater)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(UpdateHeuristics))]
    public Task RunAsync([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => updater.UpdateAsync(step.RunId, step.Partition, step.Generation, cancellationToken);
}
