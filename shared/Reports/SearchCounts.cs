namespace PelNas.Shared.Reports;

/// <summary>What a search used.</summary>
public sealed record SearchCounts
{
    /// <summary>True accuracies paid for.</summary>
    public required int Labels { get; init; }

    /// <summary>Labels paid for that brought no accuracy.</summary>
    public int FailedLabels { get; init; }

    /// <summary>
    /// Candidates in the store with a predicted accuracy or a latency, which reports call candidates. The benchmark's scored is another
    /// count: it also has every architecture that the predictor looked at and left alone.
    /// </summary>
    public required int Scored { get; init; }

    /// <summary>Calls to the proposer.</summary>
    public required int LlmCalls { get; init; }

    /// <summary>Prompt tokens, those of <see cref="UnconfirmedCalls"/> at the most that they can be.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Answer tokens, likewise.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>US dollars; 0 where nobody is paid, null where the model has no price.</summary>
    public required double? Usd { get; init; }

    /// <summary>
    /// Calls whose answer was lost, or came with a count of tokens that cannot be true, so that they are counted at the most they can have
    /// cost.
    /// </summary>
    public int UnconfirmedCalls { get; init; }

    /// <summary>US dollars among them for such calls; null where the model has no price.</summary>
    public double? UnconfirmedUsd { get; init; }

    /// <summary>Proposals refused for another reason than being known.</summary>
    public required int Invalid { get; init; }

    /// <summary>Proposals refused because the architecture, or one that computes the same, was known.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Candidates that a deterministic operator filled in because the proposer fell short.</summary>
    public required int FilledIn { get; init; }
}
