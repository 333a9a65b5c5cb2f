using System.Text;

namespace PelNas.Shared.Common;

/// <summary>Helpers for text that a language model or a user wrote.</summary>
public static class UntrustedText
{
    /// <summary>
    /// The first <paramref name="maxLength"/> UTF-16 characters, one less where the cut would tear a surrogate pair apart: half
    /// a pair is not text, and stores and encoders refuse or change it.
    /// </summary>
    public static string Cut(string text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (text.Length <= maxLength)
        {
            return text;
        }

        int length = maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..length];
    }

    /// <summary>
    /// The text as one line that can be shown anywhere: control characters, line breaks and invisible formatting characters, such as
    /// those that turn the direction of writing, become spaces, half surrogate pairs U+FFFD, and it is cut to <paramref name="maxLength"/>.
    /// </summary>
    public static string Line(string text, int maxLength)
    {
        StringBuilder line = new(Math.Min(text.Length, maxLength));

        // Cut before it is cleaned: what comes in may be megabytes, and no character gets longer.
        foreach (Rune rune in Cut(text, maxLength).EnumerateRunes())
        {
            bool isInvisible = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
            line.Append(isInvisible ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }

    /// <summary>The text with U+FFFD instead of every half of a surrogate pair.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
