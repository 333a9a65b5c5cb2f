namespace PelNas.Shared.Proposer.Answers;

/// <summary>An item of a list that was asked for.</summary>
/// <param name="Value">The item, or null where it is to be left out: it was cut off, or quotes the prompt's example.</param>
/// <param name="IsUsable">Whether it says what was asked for.</param>
/// <typeparam name="T">What items are.</typeparam>
internal readonly record struct AnswerEntry<T>(T? Value, bool IsUsable)
    where T : class
{
    /// <summary>An item that is left out.</summary>
    public static AnswerEntry<T> LeftOut => new(null, IsUsable: false);
}
