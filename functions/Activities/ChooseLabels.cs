using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Search;

namespace PelNas.Functions.Activities;

/// <summary>Chooses over all partitions which candidates are worth a label, and pays for these.</summary>
public sealed class ChooseLabels(LabelChooser chooser)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(ChooseLabels))]
    public Task<int> RunAsync([ActivityTrigger] RunStep step, CancellationToken cancellationToken)
        => chooser.ChooseAsync(step.RunId, step.Generation, cancellationToken);
}
