using System.ComponentModel.DataAnnotations;

namespace PelNas.Local.Engine;

/// <summary>Settings of the embedded durable engine.</summary>
public sealed class EngineOptions
{
    /// <summary>The history file; made, with its folder, when it does not exist. One process at a time can use it.</summary>
    [Required]
    public string HistoryPath { get; set; } = "history.db";

    /// <summary>The most activities that run at a time; by default ten for each processor, as in Durable Functions.</summary>
    [Range(1, int.MaxValue)]
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>The most orchestrators that run at a time, not counting those that wait; by default ten for each processor.</summary>
    [Range(1, int.MaxValue)]
    public int MaxConcurrentOrchestrators { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// The version of the app's orchestrators, as <c>major.minor</c>. New instances get it unless their caller names another; those of a
    /// later version are left for the app that knows it.
    /// </summary>
    [RegularExpression(@"\d+\.\d+", ErrorMessage = "{0} must be a version such as 1.0.")]
    public string DefaultVersion { get; set; } = "1.0";

    /// <summary>Who is told of every change to the history. With any, each change is a transaction, to be told by itself.</summary>
    public IList<IHistoryObserver> Observers { get; } = [];
}
