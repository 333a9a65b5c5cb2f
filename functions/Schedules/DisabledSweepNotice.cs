using Microsoft.Extensions.Logging;

namespace PelNas.Functions.Schedules;

/// <summary>Says once a process, not once a night, that there is no nightly sweep.</summary>
public sealed class DisabledSweepNotice(ILogger<NightlySweep> logger)
{
    private int _given;

    /// <summary>Says so, unless that has been done.</summary>
    public void Give()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0)
        {
            logger.LogInformation(
                "There is no nightly sweep because {Setting} is empty. Set it to dataset:device pairs with commas between them, or to all.",
                $"{SweepOptions.Section}:{nameof(SweepOptions.Contexts)}");
        }
    }
}
