using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Storage;
using PelNas.Shared.Sweeps;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>Validates a sweep's request, writes the sweep's row, says which searches to run.</summary>
public sealed class PlanSweep(SweepPlanner planner, StepTelemetry telemetry)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(PlanSweep))]
    public Task<IReadOnlyList<SweepSearch>> RunAsync([ActivityTrigger] PlanSweepInput input, CancellationToken cancellationToken)
        => telemetry.RunAsync(
            nameof(PlanSweep),
            new StepPlace(input.SweepId, IsSweep: true),
            () => planner.PlanAsync(input.SweepId, input.Sweep.Request, input.Sweep.Night, input.Sweep.IsLate, input.StartedAt, cancellationToken),
            (span, searches) => span?.SetTag(TelemetryNames.SweepSearches, searches.Count));
}
