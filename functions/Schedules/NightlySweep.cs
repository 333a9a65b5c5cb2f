using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Starts the sweep of the night at the times of the setting <c>PelNasSweepSchedule</c>, unless <see cref="SweepOptions.Contexts"/>
/// is empty. While a sweep has not ended by then, the new one is skipped.
/// </summary>
public sealed class NightlySweep(IOptions<SweepOptions> options, SweepStarter starter, TimeProvider time, ILogger<NightlySweep> logger)
{
    [Function(nameof(NightlySweep))]
    public async Task RunAsync(
        [TimerTrigger("%PelNasSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!options.Value.IsEnabled)
        {
            logger.LogInformation(
                "There is no nightly sweep because {Setting} is empty. Set it to dataset:device pairs with commas between them, or to all.",
                $"{SweepOptions.Section}:{nameof(SweepOptions.Contexts)}");
            return;
        }

        // A run that makes up for missed times gets the first of them.
        DateTime due = timer is { IsPastDue: true, ScheduleStatus.Next: var missed } && missed != default
            ? missed
            : time.GetUtcNow().UtcDateTime;
        SweepStart start = await starter.StartNightAsync(
            client, options.Value.ToRequest(), DateOnly.FromDateTime(due.ToUniversalTime()), timer.IsPastDue, cancellationToken);
        switch (start.Result)
        {
            case SweepStartResult.Skipped:
                logger.LogWarning("Sweep {SweepId} was skipped: {ActiveId} has not ended.", start.SweepId, start.ActiveId);
                break;
            case SweepStartResult.AlreadyStarted:
                logger.LogInformation("Sweep {SweepId} was started earlier.", start.SweepId);
                break;
            default:
                logger.LogInformation("Sweep {SweepId} started{Late}.", start.SweepId, timer.IsPastDue ? ", late" : "");
                break;
        }
    }
}
