using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Keeps the scores of a generation's candidates; returns how many of them can be labelled.</summary>
public sealed class UpdateArchive(ArchiveUpdater updater)
{
    [Function(nameof(UpdateArchive))]
    public Task<int> RunAsync([ActivityTrigger] ArchiveInput input, CancellationToken cancellationToken)
        => updater.UpdateAsync(
            input.Step.RunId, input.Step.Partition, input.Step.Generation, input.Predictions, input.Latencies, cancellationToken);
}
