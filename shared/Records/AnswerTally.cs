namespace PelNas.Shared.Records;

/// <summary>Why an answer of the proposer could not be used. docs/faults.md has them as a table.</summary>
public enum UnusableKind
{
    /// <summary>No text, or nothing but thoughts.</summary>
    Empty,

    /// <summary>Text, but nothing in it that was requested.</summary>
    Unreadable,

    /// <summary>A list with nothing in it.</summary>
    EmptyList,

    /// <summary>The model declined.</summary>
    Refusal,

    /// <summary>The provider's content filter stopped the prompt or the answer.</summary>
    ContentFilter,

    /// <summary>Cut off before the first whole item.</summary>
    Truncated,

    /// <summary>The provider's message was not in the format of its interface, or longer than any answer.</summary>
    ProviderError,

    /// <summary>All that it proposed had been tried before.</summary>
    Duplicates,

    /// <summary>All that it proposed was refused, not only for having been tried.</summary>
    Invalid,
}

/// <summary>Answers that could not be used for the same reason.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Sample">What one of them said, or what was said of it: one line, cut. Untrusted text.</param>
public sealed record UnusableAnswers(UnusableKind Kind, int Count, string Sample)
{
    /// <summary>Longest sample, in UTF-16 characters.</summary>
    public const int SampleLength = 100;

    /// <summary>One answer.</summary>
    /// <param name="kind">The reason.</param>
    /// <param name="text">What it said. Untrusted, of any length.</param>
    public static UnusableAnswers One(UnusableKind kind, string text) => new(kind, 1, UntrustedText.Line(text, SampleLength));

    internal string Describe() => $"{Count} {Words}";

    private string Words => Kind switch
    {
        UnusableKind.Empty => "empty",
        UnusableKind.Unreadable => "unreadable",
        UnusableKind.EmptyList => "with an empty list",
        UnusableKind.Refusal => "declined by the model",
        UnusableKind.ContentFilter => "stopped by a content filter",
        UnusableKind.Truncated => "cut off",
        UnusableKind.ProviderError => "not in the provider's format",
        UnusableKind.Duplicates => "with duplicates only",
        _ => "with invalid proposals only",
    };
}

/// <summary>How many answers the proposer gave, and which of them could not be used.</summary>
/// <param name="Answers">All answers, those of repair turns among them.</param>
/// <param name="Unusable">Those that could not be used, by reason, the most frequent first.</param>
public sealed record AnswerTally(int Answers, IReadOnlyList<UnusableAnswers> Unusable)
{
    // One in so many.
    private const int AlarmingShare = 3;

    /// <summary>No answer.</summary>
    public static AnswerTally None { get; } = new(0, []);

    /// <summary>One answer that could be used.</summary>
    public static AnswerTally OneUsable { get; } = new(1, []);

    /// <summary>One answer.</summary>
    /// <param name="unusable">Why it could not be used, or null when it could.</param>
    public static AnswerTally One(UnusableAnswers? unusable) => unusable is null ? OneUsable : new(1, [unusable]);

    /// <summary>The sum of two tallies. Of each reason the first sample stays.</summary>
    public static AnswerTally operator +(AnswerTally left, AnswerTally right)
        => new(
            left.Answers + right.Answers,
            [
                .. left.Unusable.Concat(right.Unusable)
                    .GroupBy(unusable => unusable.Kind)
                    .Select(group => group.First() with { Count = group.Sum(unusable => unusable.Count) })
                    .OrderByDescending(unusable => unusable.Count)
                    .ThenBy(unusable => unusable.Kind),
            ]);

    /// <summary>How many could not be used.</summary>
    public int CountUnusable() => Unusable.Sum(unusable => unusable.Count);

    /// <summary>The share that could not be used, 0 to 1.</summary>
    public double UnusableShare() => Answers == 0 ? 0 : (double)CountUnusable() / Answers;

    /// <summary>Whether so many could not be used that the reader of the result has to know: a third or more.</summary>
    public bool IsAlarming() => Answers > 0 && AlarmingShare * CountUnusable() >= Answers;

    /// <summary>The tally in words, with a sample of the most frequent reason. Ends in untrusted text.</summary>
    public string Describe()
    {
        string counts = $"{CountUnusable()} of {Answers} answers of the proposer could not be used";
        return Unusable.Count == 0
            ? counts
            : $"{counts} ({string.Join(", ", Unusable.Select(unusable => unusable.Describe()))}), for example: {Unusable[0].Sample}";
    }
}
