namespace PelNas.Functions.Schedules;

/// <summary>Settings of <see cref="Watchdog"/>, from the configuration section <c>PelNas:Watchdog</c>.</summary>
public sealed class WatchdogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Watchdog";

    /// <summary>A running search without progress for longer than this is taken to be stuck.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(30);
}
