using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Activities;

/// <summary>Compares a sweep with the last one, closes its row, and notifies the webhook where it came out worse.</summary>
public sealed class CompareSweeps(SweepComparer comparer, WorseSweepWebhook webhook)
{
    [Function(nameof(CompareSweeps))]
    public async Task RunAsync([ActivityTrigger] CompareSweepsInput input, CancellationToken cancellationToken)
    {
        SweepRow sweep = await comparer.CompareAsync(input.SweepId, input.Searches, input.FinishedAt, cancellationToken);
        ResultTags.OnSweepEnd(sweep);
        await webhook.TellAsync(sweep, cancellationToken);
    }
}
