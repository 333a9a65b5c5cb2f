using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Activities;

/// <summary>Compares a sweep with the last one and closes its row.</summary>
public sealed class CompareSweeps(SweepComparer comparer, StepTelemetry telemetry)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(CompareSweeps))]
    public Task RunAsync([ActivityTrigger] CompareSweepsInput input, CancellationToken cancellationToken)
        => telemetry.RunAsync(
            nameof(CompareSweeps),
            new StepPlace(input.SweepId, IsSweep: true),
            () => comparer.CompareAsync(input.SweepId, input.Searches, input.FinishedAt, cancellationToken),
            ResultTags.OnSweep);
}
