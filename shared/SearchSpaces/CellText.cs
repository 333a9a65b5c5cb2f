namespace PelNas.Shared.SearchSpaces;

/// <summary>Reads what people write for a cell. Wherever an index can be given, the published notation can.</summary>
public static class CellText
{
    private const int QuotedLength = 40;

    /// <summary>
    /// Reads an index, or an architecture in the published notation, whatever its spaces and case. On failure <paramref name="error"/>
    /// says in one sentence what is wrong.
    /// </summary>
    public static bool TryRead(ISearchSpace space, string text, out int index, out string? error)
    {
        string compact = Compact(text);
        if (compact.Contains('|', StringComparison.Ordinal))
        {
            return space.TryParse(compact, out index, out error);
        }

        bool isIndex = int.TryParse(compact, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < space.Size;
        error = isIndex
            ? null
            : $"'{UntrustedText.Line(text, QuotedLength)}' is no architecture: "
                + $"give an index from 0 to {space.Size - 1}, or the notation, such as {space.Format(0)}.";
        return isIndex;
    }

    /// <summary>What a person wrote, without what does not count in it: spaces and case.</summary>
    public static string Compact(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
}
