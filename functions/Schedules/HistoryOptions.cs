namespace PelNas.Functions.Schedules;

/// <summary>Settings of <see cref="PurgeHistory"/>, from the configuration section <c>PelNas:History</c>.</summary>
public sealed class HistoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:History";

    /// <summary>Days for which the history of an orchestration that has ended is kept, from its creation.</summary>
    public int RetentionDays { get; set; } = 30;
}
