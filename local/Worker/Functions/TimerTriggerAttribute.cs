using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function at the times of a schedule. The local host reads schedules in UTC.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="schedule">An NCRONTAB expression of six fields, seconds first, or <c>%Name%</c> of a setting that holds one.</param>
    public TimerTriggerAttribute(string schedule) => Schedule = schedule;

    /// <summary>The schedule as written.</summary>
    public string Schedule { get; }

    /// <summary>
    /// Whether occurrences are recorded, so that one missed while the host was down runs at its next start.
    /// Schedules that fire more than once a minute are not recorded whatever this says.
    /// </summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function also runs once whenever the host starts.</summary>
    public bool RunOnStartup { get; set; }
}
