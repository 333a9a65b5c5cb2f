namespace PelNas.Shared.Records;

/// <summary>Why a search ended, as results say it.</summary>
public static class StopReasons
{
    /// <summary>All generations are done.</summary>
    public const string Generations = "generations";

    /// <summary>The label budget is spent.</summary>
    public const string Labels = "labels";

    /// <summary>Another generation would exceed the limit of proposer calls.</summary>
    public const string LlmCalls = "llm-calls";

    /// <summary>The spend limit is reached.</summary>
    public const string Usd = "usd";

    /// <summary>Every function within the limits is labelled.</summary>
    public const string Exhausted = "exhausted";

    /// <summary>Nobody told the search a label for as long as it waits.</summary>
    public const string Deadline = "deadline";

    /// <summary>The minutes of training are spent.</summary>
    public const string Minutes = "minutes";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Generations, Labels, LlmCalls, Usd, Exhausted, Deadline, Minutes];
}
