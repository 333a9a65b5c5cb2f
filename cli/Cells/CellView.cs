using PelNas.Cli.Searching;
using Spectre.Console;

namespace PelNas.Cli.Cells;

/// <summary>A cell and its twins as tables on a terminal.</summary>
internal static class CellView
{
    public static void Write(IAnsiConsole console, CellDetails details)
    {
        CellFigures cell = details.Cell;
        console.WriteLine($"cell {cell.Index}  {cell.Architecture}");
        console.WriteLine($"partition {cell.Partition}: {details.PartitionRule}");
        console.WriteLine((details.IsLive, details.Twins.Count) switch
        {
            (false, var others) => $"no path from input to output: it computes a constant, as {others} other cells do",
            (true, 0) => "live; no other cell computes its function",
            (true, 1) => "live; 1 other cell computes the same function",
            (true, var others) => $"live; {others} other cells compute the same function",
        });
        int? width = Terminal.Columns();
        WriteNetworks(console, cell, width);
        CellFigures[] all = [cell, .. details.Twins];
        if (details.Twins.Count > 0)
        {
            WriteAccuracies(console, all, width);
        }

        WriteLatencies(console, all, details.Ranks, width);
    }

    private static void WriteNetworks(IAnsiConsole console, CellFigures cell, int? width)
    {
        FittedTable table = new(width);
        table.Add("data set", 0, cell.Datasets.Select(network => network.Dataset), isText: true);
        table.Add("valid. %", 0, cell.Datasets.Select(network => Number(network.ValidationAccuracy, "0.00")));
        table.Add("test %", 0, cell.Datasets.Select(network => Number(network.Accuracy, "0.00")));
        table.Add("params M", 1, cell.Datasets.Select(network => Number(network.ParamsM, "0.000")));
        table.Add("FLOPs M", 1, cell.Datasets.Select(network => Number(network.FlopsM, "0.0")));
        table.Write(console);
    }

    private static void WriteAccuracies(IAnsiConsole console, CellFigures[] cells, int? width)
    {
        FittedTable table = new(width);
        table.Add("index", 0, cells.Select(cell => Number(cell.Index, "0")));
        table.Add(
            "cell", 1, cells.Select(cell => width is null ? cell.Architecture : CellNotation.Shorten(cell.Architecture)), isText: true);
        for (int dataset = 0; dataset < cells[0].Datasets.Count; dataset++)
        {
            int which = dataset;
            table.Add($"{cells[0].Datasets[which].Dataset} test %", 0, cells.Select(cell => Number(cell.Datasets[which].Accuracy, "0.00")));
        }

        if (table.Write(console).Contains("cell") && width is not null)
        {
            console.WriteLine($"cell: {CellNotation.Legend}");
        }
    }

    private static void WriteLatencies(IAnsiConsole console, CellFigures[] cells, IReadOnlyList<CellRank> ranks, int? width)
    {
        List<DeviceRow> rows = [];
        for (int dataset = 0; dataset < cells[0].Datasets.Count; dataset++)
        {
            CellOnDataset[] networks = [.. cells.Select(cell => cell.Datasets[dataset])];
            rows.AddRange(networks.SelectMany(network => network.LatencyMs.Keys.Concat(network.CannotRun)).Distinct()
                .Select(device => new DeviceRow(
                    device,
                    networks[0].Dataset,
                    [.. networks.Select(network => network.LatencyMs.TryGetValue(device, out double ms) ? ms : double.NaN)],
                    ranks.FirstOrDefault(rank => rank.Dataset == networks[0].Dataset && rank.Device == device))));
        }

        FittedTable table = new(width);
        table.Add("device", 0, rows.Select(row => row.Device), isText: true);
        table.Add("data set", 0, rows.Select(row => row.Dataset), isText: true);
        table.Add("latency ms", 0, rows.Select(row => double.IsNaN(row.Ms[0]) ? "cannot run" : Number(row.Ms[0], "0.0000")));
        table.Add("rank", 1, rows.Select(row => row.Rank is { } rank ? $"{rank.Rank:N0} of {rank.Cells:N0}" : ""));
        if (cells.Length > 1)
        {
            table.Add("fastest", 2, rows.Select(row => Number(row.Fastest, "0.0000")));
            table.Add("which is", 3,
                rows.Select(row => double.IsNaN(row.Fastest) ? "" : Number(cells[Array.IndexOf(row.Ms, row.Fastest)].Index, "0")));
            table.Add("slowest", 4, rows.Select(row => Number(row.Slowest, "0.0000")));
        }

        table.Write(console);
        if (cells.Length > 1)
        {
            console.WriteLine("fastest and slowest: of the cells that compute the function; --json has the latencies of each");
        }
    }

    private static string Number(double value, string format)
        => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The latencies of the cells on a device, ms, in their order; not a number for those that it cannot run.</summary>
    private sealed record DeviceRow(string Device, string Dataset, double[] Ms, CellRank? Rank)
    {
        public double Fastest { get; } = Ms.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

        public double Slowest { get; } = Ms.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
    }
}
