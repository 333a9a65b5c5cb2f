namespace PelNas.Functions.Schedules;

/// <summary>Settings of <see cref="PurgeResults"/>, from the configuration section <c>PelNas:Results</c>.</summary>
public sealed class ResultsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Results";

    /// <summary>Days for which a search's results are kept, from its start; 0 for ever.</summary>
    public int RetentionDays { get; set; }
}
