using System.Globalization;
using PelNas.Shared.Tables;
using Spectre.Console;

namespace PelNas.Cli.Cells;

/// <summary>A cell and its twins as tables on a terminal.</summary>
internal static class CellView
{
    // As many columns of latencies as the terminal's width holds; the JSON has all.
    private const int MostColumns = 16;

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
        console.Write(Networks(cell));
        CellFigures[] all = [cell, .. details.Twins];
        if (details.Twins.Count > 0)
        {
            console.Write(Accuracies(all));
        }

        console.WriteLine(
            all.Length > MostColumns ? $"Latency, ms, of the first {MostColumns} of these cells; --json has all" : "Latency, ms");
        console.Write(Latencies(all[..Math.Min(all.Length, MostColumns)]));
    }

    private static Table Networks(CellFigures cell)
    {
        Table table = Terminal.Table("data set", "accuracy %", "parameters M", "FLOPs M");
        foreach (CellOnDataset network in cell.Datasets)
        {
            table.AddRow(
                network.Dataset, Number(network.Accuracy, "0.00"), Number(network.ParamsM, "0.000"), Number(network.FlopsM, "0.0"));
        }

        return table;
    }

    private static Table Accuracies(CellFigures[] cells)
    {
        Table table = Terminal.Table([.. cells[0].Datasets.Select(network => $"{network.Dataset} %").Prepend("cell").Prepend("index")]);
        foreach (CellFigures cell in cells)
        {
            IEnumerable<string> accuracies = cell.Datasets.Select(network => Number(network.Accuracy, "0.00"));
            table.AddRow([.. accuracies.Prepend(Markup.Escape(cell.Architecture)).Prepend(Number(cell.Index, "0"))]);
        }

        return table;
    }

    private static Table Latencies(CellFigures[] cells)
    {
        Table table = Terminal.Table([.. cells.Select(cell => Number(cell.Index, "0")).Prepend("data set").Prepend("device")]);
        for (int dataset = 0; dataset < cells[0].Datasets.Count; dataset++)
        {
            CellOnDataset[] networks = [.. cells.Select(cell => cell.Datasets[dataset])];
            foreach (string device in networks.SelectMany(network => network.LatencyMs.Keys).Distinct())
            {
                IEnumerable<string> latencies = networks.Select(
                    network => network.LatencyMs.TryGetValue(device, out double ms) ? Number(ms, "0.0000") : "");
                table.AddRow([.. latencies.Prepend(networks[0].Dataset).Prepend(Markup.Escape(device))]);
            }
        }

        return table;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
