using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Activities;

/// <summary>Compares a sweep with the last one and closes its row.</summary>
public sealed class CompareSweeps(SweepComparer comparer)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(CompareSweeps))]
    public async Task RunAsync([ActivityTrigger] CompareSweepsInput input, CancellationToken cancellationToken)
        => ResultTags.OnSweepEnd(await comparer.CompareAsync(input.SweepId, input.Searches, input.FinishedAt, cancellationToken));
}
