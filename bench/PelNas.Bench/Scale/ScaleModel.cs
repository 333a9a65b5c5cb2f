namespace PelNas.Bench.Scale;

/// <summary>What one search of the default size uses.</summary>
/// <param name="Generations">Generations after the seed population.</param>
/// <param name="Partitions">Partitions.</param>
/// <param name="TableRequests">Requests to the table store.</param>
/// <param name="RunRequests">Those among them that go to the one partition in which all runs have their row.</param>
/// <param name="CpuSeconds">Processor time of one process that runs many, seconds.</param>
/// <param name="Calls">Calls of the proposer.</param>
/// <param name="InputTokens">Tokens of its prompts.</param>
/// <param name="OutputTokens">Tokens of its answers.</param>
public sealed record SearchUse(
    int Generations, int Partitions, int TableRequests, int RunRequests, double CpuSeconds, int Calls, long InputTokens, long OutputTokens)
{
    /// <summary>
    /// Activities: PlanSearch, AskPrior, FinishSearch; per generation ChooseLabels and ComputeParetoFront; per partition five, in the seed
    /// population four.
    /// </summary>
    public int Activities => 3 + ((Generations + 1) * 2) + (Partitions * (4 + (Generations * 5)));

    /// <summary>Sub-orchestrations: one per partition and generation.</summary>
    public int SubOrchestrations => Partitions * (Generations + 1);

    /// <summary>
    /// Messages of the task hub: for each activity and sub-orchestration one that starts it and one with its result, and one that starts
    /// the search; it goes on in a new history every five generations.
    /// </summary>
    public int Messages => (2 * (Activities + SubOrchestrations)) + 1 + (Generations / 5);
}

/// <summary>What something carries, by its published limit.</summary>
/// <param name="Name">What carries.</param>
/// <param name="PerSecond">Its limit, a second.</param>
/// <param name="PerSearch">What a search takes of it.</param>
/// <param name="Remedy">What to do where it is the first limit.</param>
public sealed record ScaleLimit(string Name, double PerSecond, double PerSearch, string Remedy)
{
    /// <summary>Searches an hour that it carries.</summary>
    public double SearchesPerHour => 3600 * PerSecond / PerSearch;
}

/// <summary>Which limit comes first. Limits are those that Microsoft publishes for one resource of the default size.</summary>
public static class ScaleModel
{
    /// <summary>Hours of a night.</summary>
    public const double NightHours = 8;

    /// <summary>The limits of the default deployment.</summary>
    /// <param name="use">What a search uses.</param>
    /// <param name="tokensPerMinute">Quota of the model deployment, tokens a minute.</param>
    /// <param name="cores">Cores of one instance.</param>
    public static IReadOnlyList<ScaleLimit> Limits(SearchUse use, double tokensPerMinute, int cores)
    {
        return
        [
            new("quota of the language model", tokensPerMinute / 60, use.InputTokens + use.OutputTokens,
                "raise the quota, or deploy the model in more regions"),
            new("one instance", cores, use.CpuSeconds, "more instances: the plan adds them by the length of the queues"),
            new("task hub on Azure Storage: its one queue of activities, 2,000 messages a second", 2000, 3 * use.Activities,
                "one more app with a task hub of its own, or Durable Task Scheduler"),
            new("task hub on Durable Task Scheduler, consumption: 500 actions a second",
                500, use.Messages, "the dedicated plan: 2,000 actions a second for each unit"),
            new("storage account: 20,000 requests a second", 20_000, use.TableRequests, "a second storage account, with an app of its own"),
            new("the partition with the rows of all runs: 2,000 requests a second",
                2000, use.RunRequests, "as for the account: runs of two apps do not meet"),
        ];
    }

    /// <summary>The limit that comes first.</summary>
    public static ScaleLimit First(IReadOnlyList<ScaleLimit> limits) => limits.MinBy(limit => limit.SearchesPerHour)!;

    /// <summary>The limits that a number of searches a night goes beyond, the tightest first.</summary>
    public static IReadOnlyList<ScaleLimit> Beyond(IReadOnlyList<ScaleLimit> limits, int searchesPerNight)
        => [.. limits.Where(limit => limit.SearchesPerHour * NightHours < searchesPerNight).OrderBy(limit => limit.SearchesPerHour)];
}
