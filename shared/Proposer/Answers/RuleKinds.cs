namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Recognises the two kinds of a rule in other words. What is neither is nothing: a warning that is taken for advice leads a search
/// astray, a lost rule does not.
/// </summary>
internal static class RuleKinds
{
    public const string Positive = "positive";
    public const string Negative = "negative";

    private static readonly HashSet<string> Do =
    [
        Positive, "pos", "plus", "do", "good", "prefer", "preferred", "use", "favor", "favour", "keep", "include", "encourage", "recommended", "beneficial", "helpful",
    ];

    private static readonly HashSet<string> DoNot =
    [
        Negative, "neg", "minus", "avoid", "dont", "donot", "bad", "never", "not", "no", "exclude", "discourage", "discouraged", "harmful", "warning", "prohibit",
    ];

    /// <summary>The kind meant, or null. A rule that states none is advice, which most are.</summary>
    public static string? Find(string? stated)
    {
        string word = string.Concat((stated ?? Positive).Where(char.IsAsciiLetter)).ToLowerInvariant();
        return Do.Contains(word) ? Positive : DoNot.Contains(word) ? Negative : null;
    }

    /// <summary>
    /// The kind and the rest of a rule that came as a sentence: what stands before a colon, <c>negative: ...</c>, or a warning by its
    /// first words, <c>Avoid ...</c>, <c>Do not ...</c>.
    /// </summary>
    public static (string Kind, string Text) Split(string sentence)
    {
        int colon = sentence.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Find(sentence[..colon]) is { } kind)
        {
            return (kind, sentence[(colon + 1)..]);
        }

        string[] words = sentence.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isWarning = words.Length > 1 && (Find(words[0] + words[1]) == Negative || Find(words[0]) == Negative);
        return (isWarning ? Negative : Positive, sentence);
    }
}
