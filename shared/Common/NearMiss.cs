namespace PelNas.Shared.Common;

/// <summary>Finds the name that somebody meant who wrote another.</summary>
public static class NearMiss
{
    // More than these letters wrong is another word.
    private const int MostEdits = 2;

    /// <summary>The nearest of some names to a word, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> names)
        => names.Select(name => (Name: name, Edits: Edits(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= Math.Min(MostEdits, (candidate.Name.Length - 1) / 2))
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary><c> (did you mean 'name'?)</c>, or nothing when no name is near.</summary>
    public static string Hint(string word, IEnumerable<string> names) => Of(word, names) is { } name ? $" (did you mean '{name}'?)" : "";

    /// <summary>
    /// That a word is none of some names, which are allowed, and which of them was meant, if one is near. No full stop ends it.
    /// </summary>
    /// <param name="word">The word, cut where it is long: it comes from the user.</param>
    /// <param name="names">The names.</param>
    public static string Unknown(string word, IReadOnlyCollection<string> names)
        => $"'{UntrustedText.Cut(word, 60)}' is unknown{Hint(word, names)}; allowed are {string.Join(", ", names)}";

    /// <summary>Letters to put in, leave out, change, or swap with the next (optimal string alignment distance).</summary>
    private static int Edits(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MostEdits)
        {
            return int.MaxValue;
        }

        int[,] edits = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int changed = edits[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(changed, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[one.Length, other.Length];
    }
}
