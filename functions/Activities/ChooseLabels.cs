using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>
/// Chooses over all partitions which candidates are worth a label, and pays for these, or says which have to be got first.
/// </summary>
public sealed class ChooseLabels(LabelChooser chooser)
{
    [Function(nameof(ChooseLabels))]
    public Task<LabelChoice> RunAsync([ActivityTrigger] LabelStep input, CancellationToken cancellationToken)
        => chooser.ChooseAsync(input.Step.RunId, input.Step.Generation, input.IsLast, cancellationToken);
}
