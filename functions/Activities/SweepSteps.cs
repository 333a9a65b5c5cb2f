using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Activities;

/// <summary>The steps of a sweep, which <see cref="SweepOrchestrator"/> calls.</summary>
public sealed class SweepSteps(SweepPlanner planner, SweepComparer comparer, WorseSweepWebhook webhook)
{
    /// <summary>Validates a sweep's request, writes the sweep's row, says which searches to run.</summary>
    [Function(nameof(PlanSweep))]
    public Task<IReadOnlyList<SweepSearch>> PlanSweep([ActivityTrigger] PlanSweepInput input, CancellationToken cancellationToken)
        => planner.PlanAsync(
            input.SweepId, input.Sweep.Request, input.Sweep.Night, input.Sweep.IsLate, input.StartedAt, cancellationToken);

    /// <summary>Compares a sweep with the last one, closes its row, and notifies the webhook where it came out worse.</summary>
    [Function(nameof(CompareSweeps))]
    public async Task CompareSweeps([ActivityTrigger] CompareSweepsInput input, CancellationToken cancellationToken)
    {
        SweepRow sweep = await comparer.CompareAsync(input.SweepId, input.Searches, input.FinishedAt, cancellationToken);
        ResultTags.OnSweepEnd(sweep);
        await webhook.TellAsync(sweep, cancellationToken);
    }
}
