using System.Text.RegularExpressions;

namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// Writes and reads <c>depth=12;width=192</c>. Other separators and quotation marks are overlooked, so that a JSON object of decisions and
/// choices reads the same.
/// </summary>
internal sealed partial class DecisionNotation(IReadOnlyList<Decision> decisions)
{
    private const int QuotedLength = 40;

    private readonly Dictionary<string, int> _places
        = decisions.Index().ToDictionary(named => named.Item.Name, named => named.Index, StringComparer.OrdinalIgnoreCase);

    public string Format(ReadOnlySpan<byte> genotype)
    {
        string[] parts = new string[decisions.Count];
        for (int place = 0; place < parts.Length; place++)
        {
            parts[place] = $"{decisions[place].Name}={decisions[place].Choices[genotype[place]]}";
        }

        return string.Join(';', parts);
    }

    /// <summary>Fills the genotype and returns null, or returns one sentence that says what is wrong and where.</summary>
    public string? Parse(string? text, Span<byte> genotype)
    {
        HashSet<int> named = [];
        foreach (Match pair in Pair().Matches(text ?? ""))
        {
            (string name, string choice) = (pair.Groups["name"].Value, pair.Groups["choice"].Value);
            if (!_places.TryGetValue(name, out int place))
            {
                return $"There is no decision '{UntrustedText.Line(name, QuotedLength)}': the decisions are "
                    + $"{string.Join(", ", decisions.Select(decision => decision.Name))}.";
            }

            int number = decisions[place].Find(choice, StringComparison.OrdinalIgnoreCase);
            if (number < 0)
            {
                return $"'{UntrustedText.Line(choice, QuotedLength)}' is no choice of {decisions[place].Name}: give one of "
                    + $"{string.Join(", ", decisions[place].Choices)}.";
            }

            if (!named.Add(place))
            {
                return $"The decision {decisions[place].Name} is named twice.";
            }

            genotype[place] = (byte)number;
        }

        string[] missing = [.. decisions.Where((_, place) => !named.Contains(place)).Select(decision => decision.Name)];
        return missing.Length == 0 ? null
            : $"The architecture lacks {string.Join(", ", missing)}; write each decision with its choice, as in "
                + $"{Format(new byte[decisions.Count])}.";
    }

    [GeneratedRegex(
        """(?<name>[\w.\-]+)["']?\s*[=:]\s*["']?(?<choice>[\w.\-]+)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();
}
