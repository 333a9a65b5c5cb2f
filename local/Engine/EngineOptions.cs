namespace PelNas.Local.Engine;

/// <summary>Settings of the embedded durable engine.</summary>
public sealed class EngineOptions
{
    /// <summary>The history file; made, with its folder, when it does not exist. One process at a time can use it.</summary>
    public string HistoryPath { get; set; } = "history.db";

    /// <summary>The most activities that run at a time; by default ten for each processor, as in Durable Functions.</summary>
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>The most orchestrators that run at a time (one that waits does not count); by default ten for each processor, as in Durable Functions.</summary>
    public int MaxConcurrentOrchestrators { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// The version of the app's orchestrators, as <c>major.minor</c>. New instances get it unless their caller names another; instances of a later version are
    /// left for the app that knows it.
    /// </summary>
    public string DefaultVersion { get; set; } = "1.0";

    /// <summary>Who is told of every change to the history. With any, each change is a transaction of its own, so that it can be told by itself.</summary>
    public IList<IHistoryObserver> Observers { get; } = [];

    /// <exception cref="ArgumentException">A setting has no meaning.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(HistoryPath))
        {
            throw new ArgumentException($"{nameof(EngineOptions)}.{nameof(HistoryPath)} is empty. Set it to the path of a file.");
        }

        EnsureAtLeastOne(MaxConcurrentActivities, nameof(MaxConcurrentActivities));
        EnsureAtLeastOne(MaxConcurrentOrchestrators, nameof(MaxConcurrentOrchestrators));
        if (!Version.TryParse(DefaultVersion, out _))
        {
            throw new ArgumentException($"{nameof(EngineOptions)}.{nameof(DefaultVersion)} is '{DefaultVersion}'. Set it to a version such as 1.0.");
        }
    }

    private static void EnsureAtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{nameof(EngineOptions)}.{name} is {value}. Set it to 1 or more.");
        }
    }
}
