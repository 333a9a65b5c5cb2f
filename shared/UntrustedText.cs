namespace PelNas.Shared;

/// <summary>Helpers for text that a language model or a user wrote.</summary>
public static class UntrustedText
{
    /// <summary>
    /// The first <paramref name="maxLength"/> UTF-16 characters, one less where the cut would tear a surrogate pair apart: half
    /// a pair is not text, and stores and encoders refuse or change it.
    /// </summary>
    public static string Cut(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (text.Length <= maxLength)
        {
            return text;
        }

        int length = maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..length];
    }

    /// <summary>Whether every surrogate in the text has its other half.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
