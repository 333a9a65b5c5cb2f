using System.Text.Json.Serialization;

namespace PelNas.Shared.Records;

/// <summary>The ledger of a run: what its calls have cost and what those in flight may cost. Table <c>Budget</c>, key {run}.</summary>
public sealed record BudgetRow
{
    /// <summary>A run that has made no call.</summary>
    public static BudgetRow Empty { get; } = new();

    /// <summary>The price that the run is charged by, or null when it is not known.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>All that is spent, <see cref="Unconfirmed"/> included.</summary>
    public ChatUsage Spent { get; init; } = ChatUsage.None;

    /// <summary>
    /// The part of <see cref="Spent"/> of which only the provider knows what it cost: the answers were lost, or came with a count that cannot
    /// be true. It is charged at the most it can have been.
    /// </summary>
    public ChatUsage Unconfirmed { get; init; } = ChatUsage.None;

    /// <summary>Attempts that the provider turned down. They cost nothing.</summary>
    public int Refused { get; init; }

    /// <summary>Calls under way. One whose process was killed stays, since nobody knows whether it was charged.</summary>
    public IReadOnlyList<BudgetReservation> InFlight { get; init; } = [];

    /// <summary>Number of the next reservation.</summary>
    public long NextReservation { get; init; }

    /// <summary>Highest share of a limit that was warned of, percent.</summary>
    public int WarnedPercent { get; init; }

    /// <summary>What is spent and what may yet be.</summary>
    [JsonIgnore]
    public ChatUsage Committed => InFlight.Aggregate(Spent, (sum, reservation) => sum + reservation.AtMost);
}
