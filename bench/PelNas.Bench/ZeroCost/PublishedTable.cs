using System.Globalization;
using PelNas.Shared.Common;

namespace PelNas.Bench.ZeroCost;

/// <summary>A table that others have published and that ships: a header, and rows of numbers of which some are missing.</summary>
internal sealed class PublishedTable
{
    private readonly string[] _columns;

    private PublishedTable(string[][] lines) => (_columns, Rows) = (lines[0], lines[1..]);

    public IReadOnlyList<string[]> Rows { get; }

    public static PublishedTable Read(string file)
    {
        string text = PackedFile.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", file));
        return new PublishedTable([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))]);
    }

    /// <summary>A field, or null where it is empty or there is no such column.</summary>
    public string? Text(string[] row, string column)
        => Array.IndexOf(_columns, column) is >= 0 and int place && row[place].Length > 0 ? row[place] : null;

    /// <summary>A column by architecture, of some of the rows.</summary>
    public Dictionary<int, double?> Column(string column, Func<string[], bool> isWanted) => Rows.Where(isWanted).ToDictionary(
        row => int.Parse(row[0], CultureInfo.InvariantCulture),
        row => Text(row, column) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : (double?)null);
}
