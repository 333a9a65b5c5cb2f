using System.Globalization;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Tables;
using Spectre.Console;

namespace PelNas.Cli.Searching;

/// <summary>A front as a table that fits the terminal: where it is narrow, the columns that matter least are left out.</summary>
internal sealed class FrontTable
{
    private const string Cell = "cell";

    // A blank after each cell, one before the table and one after it.
    private const int Margin = 2;

    private readonly bool _hasCells;
    private readonly List<Column> _shown;
    private readonly List<string> _leftOut = [];

    /// <summary>Lays the table out.</summary>
    /// <param name="front">The front.</param>
    /// <param name="device">The device whose latencies, or counts, the front has.</param>
    /// <param name="width">Columns of the terminal, or null where nothing is narrow: in a file or a pipe.</param>
    public FrontTable(IReadOnlyList<FrontPoint> front, string device, int? width)
    {
        FrontPoint? knee = FrontKnee.Of(front);
        _hasCells = front.Any(point => point.Architecture.StartsWith('|'));
        _shown =
        [
            new("index", 0, [.. front.Select(point => $"{(point == knee ? "*" : "")}{point.Index}")]),
            new("valid. %", 1, [.. front.Select(point => Number(point.ValidationAccuracy, "0.00"))]),
            new("test %", 0, [.. front.Select(point => Number(point.TestAccuracy, "0.00"))]),
            new(CountedDevices.HeadingOf(device), 0, [.. front.Select(Latency)]),
        ];
        if (device != CountedDevices.Params)
        {
            _shown.Add(new("params M", 3, [.. front.Select(point => Number(point.ParamsM, "0.000"))]));
        }

        _shown.Add(new("part", 4, [.. front.Select(point => $"{point.Partition}")]));
        _shown.Add(new("gen", 5, [.. front.Select(point => $"{point.Generation}")]));
        _shown.Add(new(Cell, 6, [.. front.Select(point => CellNotation.Shorten(point.Architecture) + (point.HasPath ? "" : "  (no path from input to output)"))]));
        if (front.Any(point => point.EnergyMj is not null))
        {
            _shown.Add(new("energy mJ", 2, [.. front.Select(point => Number(point.EnergyMj, "0.000"))]));
        }

        while (width is { } room && _shown.Sum(column => column.Width + 1) + Margin > room && _shown.Max(column => column.Rank) > 0)
        {
            Column least = _shown.MaxBy(column => column.Rank)!;
            _shown.Remove(least);
            _leftOut.Add(least.Heading);
        }
    }

    /// <summary>Writes the table, what the cells mean, and what there was no room for.</summary>
    public void Write(IAnsiConsole console)
    {
        Table table = Terminal.Table();
        foreach (Column column in _shown)
        {
            var drawn = new Spectre.Console.TableColumn(column.Heading).Padding(0, 1).NoWrap();
            table.AddColumn(column.Heading == Cell ? drawn.LeftAligned() : drawn.RightAligned());
        }

        for (int row = 0; row < _shown[0].Cells.Count; row++)
        {
            table.AddRow([.. _shown.Select(column => Markup.Escape(column.Cells[row]))]);
        }

        console.Write(table);
        if (_leftOut.Count > 0)
        {
            console.WriteLine($"too narrow for: {string.Join(", ", _leftOut)}");
        }

        if (_hasCells && _shown.Any(column => column.Heading == Cell))
        {
            console.WriteLine($"cell: {CellNotation.Legend}; in full in front.csv");
        }
    }

    private static string Latency(FrontPoint point) => point is { LatencyLowMs: { } low, LatencyHighMs: { } high } && high > low
        ? $"{Number(point.LatencyMs, "0.000")} ({Number(low, "0.000")}..{Number(high, "0.000")})"
        : Number(point.LatencyMs, "0.000");

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A column.</summary>
    /// <param name="Heading">What stands over it.</param>
    /// <param name="Rank">The greatest is left out first; those of 0 always stay.</param>
    /// <param name="Cells">One for each point.</param>
    private sealed record Column(string Heading, int Rank, IReadOnlyList<string> Cells)
    {
        public int Width { get; } = Cells.Select(cell => cell.Length).Append(Heading.Length).Max();
    }
}
