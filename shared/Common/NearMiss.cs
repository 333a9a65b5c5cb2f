namespace PelNas.Shared.Common;

/// <summary>Finds the name that somebody meant who wrote another.</summary>
public static class NearMiss
{
    // More than these letters wrong is another word.
    private const int MostEdits = 2;

    /// <summary>The nearest of some names to a word, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(names);
        return names.Select(name => (Name: name, Edits: Edits(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= Math.Min(MostEdits, (candidate.Name.Length - 1) / 2))
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary><c> Did you mean 'name'?</c>, or nothing when no name is near.</summary>
    public static string Hint(string word, IEnumerable<string> names) => Of(word, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>Letters to put in, leave out or change (Levenshtein's distance).</summary>
    private static int Edits(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MostEdits)
        {
            return int.MaxValue;
        }

        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
