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
        DateOnly night = DateOnly.FromDateTime(due.ToUniversalTime());
        string sweepId = SweepIds.Nightly(night);
        string? active = await starter.StartNightAsync(client, options.Value.ToRequest(), night, timer.IsPastDue, cancellationToken);
        if (active is null)
        {
            logger.LogInformation("Sweep {SweepId} started{Late}.", sweepId, timer.IsPastDue ? ", late" : "");
        }
        else if (active == sweepId)
        {
            logger.LogInformation("Sweep {SweepId} was started earlier.", sweepId);
        }
        else
        {
            logger.LogWarning("Sweep {SweepId} was skipped: {ActiveId} has not ended.", sweepId, active);
        }
    }
}
