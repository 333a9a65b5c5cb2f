using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>LLM call 1: rewrites the heuristics of a partition from its results.</summary>
public sealed class UpdateHeuristics(HeuristicsUpdater updater)
{
    [Function(nameof(UpdateHeuristics))]
    public Task RunAsync([ActivityTrigger] AskInput input, CancellationToken cancellationToken)
        => updater.UpdateAsync(input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Allowance, cancellationToken);
}
