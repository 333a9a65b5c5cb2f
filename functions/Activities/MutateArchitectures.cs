using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>LLM call 2: crossover and mutation guided by the heuristics; the answer is validated.</summary>
public sealed class MutateArchitectures(ArchitectureMutator mutator)
{
    [Function(nameof(MutateArchitectures))]
    public async Task<ProposalCounts> RunAsync([ActivityTrigger] AskInput input, CancellationToken cancellationToken)
        => ResultTags.OnProposals(
            await mutator.MutateAsync(input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Allowance, cancellationToken));
}
