namespace PelNas.Shared.SearchSpaces;

/// <summary>One decision of a space with decisions of its own.</summary>
/// <param name="Name">Its name, of letters, digits, <c>_</c>, <c>.</c> and <c>-</c>.</param>
/// <param name="Choices">Names of its choices, two or more, of the same characters.</param>
public sealed record Decision(string Name, IReadOnlyList<string> Choices)
{
    /// <summary>Number of a choice by its name, -1 where there is none.</summary>
    internal int Find(string choice, StringComparison comparison = StringComparison.Ordinal)
    {
        for (int number = 0; number < Choices.Count; number++)
        {
            if (Choices[number].Equals(choice, comparison))
            {
                return number;
            }
        }

        return -1;
    }

    /// <summary>
    /// The choices as numbers where they are numbers, so that what lies between two choices is known of them; else null, and nothing is
    /// known of two choices but that they differ.
    /// </summary>
    internal double[]? Values()
    {
        double[] values = new double[Choices.Count];
        for (int choice = 0; choice < values.Length; choice++)
        {
            if (!double.TryParse(Choices[choice], NumberStyles.Float, CultureInfo.InvariantCulture, out values[choice])
                || !double.IsFinite(values[choice]))
            {
                return null;
            }
        }

        return values;
    }
}
