using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Activities;

/// <summary>Validates a sweep's request, writes the sweep's row, says which searches to run.</summary>
public sealed class PlanSweep(SweepPlanner planner)
{
    [Function(nameof(PlanSweep))]
    public async Task<IReadOnlyList<SweepSearch>> RunAsync([ActivityTrigger] PlanSweepInput input, CancellationToken cancellationToken)
        => ResultTags.OnSweepPlan(await planner.PlanAsync(
            input.SweepId, input.Sweep.Request, input.Sweep.Night, input.Sweep.IsLate, input.StartedAt, cancellationToken));
}
