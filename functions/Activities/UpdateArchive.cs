using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Search;

namespace PelNas.Functions.Activities;

/// <summary>Closes a partition's generation; returns the size of its archive.</summary>
public sealed class UpdateArchive(ArchiveUpdater updater)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(UpdateArchive))]
    public Task<int> RunAsync([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => updater.UpdateAsync(step.RunId, step.Partition, step.Generation, cancellationToken);
}
