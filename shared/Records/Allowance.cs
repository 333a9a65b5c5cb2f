namespace PelNas.Shared.Records;

/// <summary>
/// What a partition may spend on a generation: its share of what the search has left, handed down by the search and settled upward.
/// </summary>
/// <param name="Calls">Most calls to the proposer, or null for no limit.</param>
/// <param name="Usd">Most US dollars, or null for no limit.</param>
public sealed record Allowance(int? Calls, double? Usd)
{
    /// <summary>No limit.</summary>
    public static Allowance Unlimited { get; } = new(null, null);
}

/// <summary>
/// What a partition has spent on a generation. One step at a time writes it, before a call and after it. Table <c>Generations</c>.
/// </summary>
public sealed record SpendingRow
{
    /// <summary>Partition.</summary>
    public required int Partition { get; init; }

    /// <summary>Generation.</summary>
    public required int Generation { get; init; }

    /// <summary>All that is spent, <see cref="Unconfirmed"/> included.</summary>
    public ChatUsage Spent { get; init; } = ChatUsage.None;

    /// <summary>
    /// The part of <see cref="Spent"/> of which only the provider knows what it cost: the answers were lost, or came with a count that
    /// cannot be true. It is charged at the most it can have been.
    /// </summary>
    public ChatUsage Unconfirmed { get; init; } = ChatUsage.None;

    /// <summary>Attempts that the provider turned down. They cost nothing.</summary>
    public int Refused { get; init; }

    /// <summary>
    /// Why the last attempt of a call got no answer, and how to mend it; null after one that was answered. A later attempt may mend it.
    /// </summary>
    public string? LastFault { get; init; }

    /// <summary>
    /// The most that the call under way can cost; null when there is none. That of a process that was killed stays until the step runs
    /// again.
    /// </summary>
    public ChatUsage? InFlight { get; init; }

    /// <summary>The same with a call that nobody settled charged at the most: whether it was answered only its provider knows.</summary>
    public SpendingRow Settled() => InFlight is { } lost
        ? this with { Spent = Spent + lost, Unconfirmed = Unconfirmed + lost, InFlight = null }
        : this;
}
