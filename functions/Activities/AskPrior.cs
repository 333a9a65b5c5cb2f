using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>
/// Writes down what is believed before the first label: the proposer is asked once, or a file or earlier searches are read.
/// </summary>
public sealed class AskPrior(PriorAsker asker)
{
    [Function(nameof(AskPrior))]
    public async Task<ProposalCounts> RunAsync([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => ResultTags.OnProposals(await asker.AskAsync(step.RunId, cancellationToken));
}
