namespace PelNas.Local.Engine;

/// <summary>Settings of the embedded durable engine.</summary>
public sealed class EngineOptions
{
    /// <summary>The history file; made, with its folder, when it does not exist. One process at a time can use it.</summary>
    public string HistoryPath { get; set; } = "history.db";

    /// <summary>The most activities that run at a time; by default ten for each processor, as in Durable Functions.</summary>
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>The most orchestrators that run at a time, not counting those that wait; by default ten for each processor.</summary>
    public int MaxConcurrentOrchestrators { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// The version of the app's orchestrators, as <c>major.minor</c>. New instances get it unless their caller names another; those of a later
    /// version are left for the app that knows it.
    /// </summary>
    public string DefaultVersion { get; set; } = "1.0";

    /// <summary>Who is told of every change to the history. With any, each change is a transaction, to be told by itself.</summary>
    public IList<IHistoryObserver> Observers { get; } = [];

    /// <exception cref="ArgumentException">A setting has no meaning.</exception>
    internal void Validate()
    {
        string? problem = string.IsNullOrWhiteSpace(HistoryPath) ? $"{nameof(HistoryPath)} is empty. Set it to the path of a file."
            : MaxConcurrentActivities < 1 ? $"{nameof(MaxConcurrentActivities)} is {MaxConcurrentActivities}. Set it to 1 or more."
            : MaxConcurrentOrchestrators < 1 ? $"{nameof(MaxConcurrentOrchestrators)} is {MaxConcurrentOrchestrators}. Set it to 1 or more."
            : !Version.TryParse(DefaultVersion, out _) ? $"{nameof(DefaultVersion)} is '{DefaultVersion}'. Set it to a version such as 1.0."
            : null;
        if (problem is not null)
        {
            throw new ArgumentException($"{nameof(EngineOptions)}.{problem}");
        }
    }
}
