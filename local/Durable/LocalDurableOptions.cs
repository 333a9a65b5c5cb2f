using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable;

/// <summary>Settings of the embedded durable engine.</summary>
public sealed class LocalDurableOptions
{
    /// <summary>The history file; made, with its folder, when it does not exist. One process at a time can use it.</summary>
    public string HistoryPath { get; set; } = "history.db";

    /// <summary>The most activities that run at a time; by default ten for each processor, as in Durable Functions.</summary>
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>The most orchestrators that run at a time (one that waits does not count); by default one for each processor.</summary>
    public int MaxConcurrentOrchestrators { get; set; } = Environment.ProcessorCount;

    /// <summary>Who is told of every transaction.</summary>
    public IList<IHistoryObserver> Observers { get; } = [];

    /// <exception cref="ArgumentException">A setting has no meaning.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(HistoryPath))
        {
            throw new ArgumentException($"{nameof(LocalDurableOptions)}.{nameof(HistoryPath)} is empty. Set it to the path of a file.");
        }

        EnsureAtLeastOne(MaxConcurrentActivities, nameof(MaxConcurrentActivities));
        EnsureAtLeastOne(MaxConcurrentOrchestrators, nameof(MaxConcurrentOrchestrators));
    }

    private static void EnsureAtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{nameof(LocalDurableOptions)}.{name} is {value}. Set it to 1 or more.");
        }
    }
}
