using PelNas.Shared.Predictor.Priors;

namespace PelNas.Shared.Records;

/// <summary>What a search was given to believe before its first label, and by whom. One per run, written once.</summary>
public sealed record PriorRow
{
    /// <summary>One of <see cref="PriorSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The proposer, the file's name, or how many searches' labels there were; null without a prior.</summary>
    public string? Name { get; init; }

    /// <summary>What it says.</summary>
    public PriorContent Content { get; init; } = PriorContent.Empty;

    /// <summary>What asking cost.</summary>
    public ChatUsage Usage { get; init; } = ChatUsage.None;

    /// <summary>What the account was charged, calls whose answers were lost included; null where it has none.</summary>
    public ChatUsage? Spent { get; init; }

    /// <summary>What came of asking.</summary>
    public AnswerTally Answers { get; init; } = AnswerTally.None;
}
