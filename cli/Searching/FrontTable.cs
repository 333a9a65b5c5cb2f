using PelNas.Shared.Reports;
using Spectre.Console;

namespace PelNas.Cli.Searching;

/// <summary>A front as a table that fits the terminal.</summary>
internal static class FrontTable
{
    private const string Cell = "cell";

    /// <summary>Writes the table, what the cells mean, and what there was no room for.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="device">The device whose latencies, or counts, the front has.</param>
    /// <param name="width">Columns of the terminal, or null where nothing is narrow: in a file or a pipe.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<FrontPoint> front, string device, int? width)
    {
        FrontPoint? knee = FrontKnee.Of(front);
        FittedTable table = new(width);
        table.Add("index", 0, front.Select(point => $"{(point == knee ? "*" : "")}{point.Index}"));
        table.Add("valid. %", 1, front.Select(point => Number(point.ValidationAccuracy, "0.00")));
        table.Add("test %", 0, front.Select(point => Number(point.TestAccuracy, "0.00")));
        table.Add(CountedDevices.HeadingOf(device), 0, front.Select(Latency));
        if (device != CountedDevices.Params)
        {
            table.Add("params M", 3, front.Select(point => Number(point.ParamsM, "0.000")));
        }

        table.Add("part", 4, front.Select(point => $"{point.Partition}"));
        table.Add("gen", 5, front.Select(point => $"{point.Generation}"));
        table.Add(Cell, 6, front.Select(
            point => CellNotation.Shorten(point.Architecture) + (point.HasPath ? "" : "  (no path from input to output)")), isText: true);
        if (front.Any(point => point.EnergyMj is not null))
        {
            table.Add("energy mJ", 2, front.Select(point => Number(point.EnergyMj, "0.000")));
        }

        if (table.Write(console).Contains(Cell) && front.Any(point => point.Architecture.StartsWith('|')))
        {
            console.WriteLine($"cell: {CellNotation.Legend}; in full in front.csv");
        }
    }

    private static string Latency(FrontPoint point) => point is { LatencyLowMs: { } low, LatencyHighMs: { } high } && high > low
        ? $"{Number(point.LatencyMs, "0.000")} ({Number(low, "0.000")}..{Number(high, "0.000")})"
        : Number(point.LatencyMs, "0.000");

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
