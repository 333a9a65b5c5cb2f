using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Activities;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// One sweep: the same search on several contexts and seeds, a few at a time, and then a comparison with the last sweep. The
/// instance id is the sweep id; the searches are sub-orchestrations under run ids of their own.
/// </summary>
public static class SweepOrchestrator
{
    [Function(nameof(SweepOrchestrator))]
    public static async Task<SweepOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        SweepInput input = context.GetInput<SweepInput>()!;
        string sweepId = context.InstanceId;
        ILogger logger = context.CreateReplaySafeLogger(typeof(SweepOrchestrator));
        IReadOnlyList<SweepSearch> planned = await context.CallActivityAsync<IReadOnlyList<SweepSearch>>(
            nameof(SweepSteps.PlanSweep), new PlanSweepInput(sweepId, input, context.CurrentUtcDateTime), Retries.Store);

        IReadOnlyList<SweepSearch> ended = await new SweepWindow(context, input.Request, planned).RunAsync();
        int failed = ended.Count(search => search.Failure is not null);
        await context.CallActivityAsync(
            nameof(SweepSteps.CompareSweeps), new CompareSweepsInput(sweepId, ended, context.CurrentUtcDateTime), Retries.Store);
        logger.LogInformation("Sweep {SweepId} ended: {Searches} searches, {Failed} of them failed.", sweepId, ended.Count, failed);
        return new SweepOutcome(sweepId, ended.Count, failed);
    }
}
