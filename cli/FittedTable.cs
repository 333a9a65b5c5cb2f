using Spectre.Console;

namespace PelNas.Cli;

/// <summary>A table that fits the terminal: where it is narrow, the columns that matter least are left out, and named below it.</summary>
/// <param name="width">Columns of the terminal, or null where nothing is narrow: in a file or a pipe.</param>
internal sealed class FittedTable(int? width)
{
    // A blank after each cell, one before the table and one after it.
    private const int Margin = 2;

    private readonly List<Column> _columns = [];

    /// <summary>Adds a column.</summary>
    /// <param name="heading">What stands over it.</param>
    /// <param name="rank">The greatest is left out first; those of 0 always stay.</param>
    /// <param name="cells">One for each row.</param>
    /// <param name="isText">Whether it is text, and not numbers, which are aligned to the right.</param>
    public void Add(string heading, int rank, IEnumerable<string> cells, bool isText = false)
        => _columns.Add(new(heading, rank, isText, [.. cells]));

    /// <summary>Writes the table, and what there was no room for.</summary>
    /// <returns>The headings of the columns that are shown.</returns>
    public IReadOnlyCollection<string> Write(IAnsiConsole console)
    {
        List<Column> shown = [.. _columns];
        List<string> leftOut = [];
        while (width is { } room && shown.Sum(column => column.Width + 1) + Margin > room && shown.Max(column => column.Rank) > 0)
        {
            Column least = shown.MaxBy(column => column.Rank)!;
            shown.Remove(least);
            leftOut.Add(least.Heading);
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (Column column in shown)
        {
            TableColumn drawn = new TableColumn(Markup.Escape(column.Heading)).Padding(0, 1).NoWrap();
            table.AddColumn(column.IsText ? drawn.LeftAligned() : drawn.RightAligned());
        }

        for (int row = 0; row < shown[0].Cells.Length; row++)
        {
            table.AddRow([.. shown.Select(column => Markup.Escape(column.Cells[row]))]);
        }

        console.Write(table);
        if (leftOut.Count > 0)
        {
            console.WriteLine($"too narrow for: {string.Join(", ", leftOut)}");
        }

        return [.. shown.Select(column => column.Heading)];
    }

    private sealed record Column(string Heading, int Rank, bool IsText, string[] Cells)
    {
        public int Width { get; } = Cells.Select(cell => cell.Length).Append(Heading.Length).Max();
    }
}
