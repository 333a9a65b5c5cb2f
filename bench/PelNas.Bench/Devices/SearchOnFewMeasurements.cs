using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Devices;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Devices;

/// <summary>
/// <c>few-measurements-search DEVICE SEEDS</c>: the product's search on a device of which 20 suggested cells are measured and the others
/// predicted (the device itself and its siblings unknown), and with its whole table. Fronts are judged by the table.
/// </summary>
internal static class SearchOnFewMeasurements
{
    private const string Copy = "measured-copy";
    private const int Measured = 20;
    private const int Labels = 120;

    public static async Task RunAsync(TextWriter output, string device, string seeds)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        BenchmarkContext truth = tables.GetContext(DeviceCatalog.Cifar10, device);
        LatencyEstimator estimator = new(tables, known => DeviceSplit.LeaveOneOut.IsKnown(device, known));
        MeasuredCell[] cells = [.. MeasurementChoice.Begin(MeasurementChoice.MaxCount).Where(truth.IsFeasible).Take(Measured)
            .Select(cell => new MeasuredCell(cell, truth.LatencyMs[cell]))];
        DeviceTable table = DeviceTable.Of(Copy, truth.Dataset, DateTimeOffset.UnixEpoch, tables.Space, cells, estimator);
        await using ServiceProvider services = PelNasStrategy.Services(
            tables, new MemoryRowStore(), new OfflineChatClient(tables.Space), TimeProvider.System, new TabularOracle());
        await services.GetRequiredService<DeviceRepository>().PutAsync(table, CancellationToken.None);

        int[] ends = [.. seeds.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        output.WriteLine(
            $"| seed | {Measured} measurements: hypervolume ratio | live | whole table: hypervolume ratio | live |\n|---|---|---|---|---|");
        List<double[]> figures = [];
        for (int seed = ends[0]; seed <= ends[^1]; seed++)
        {
            FrontQuality few = await SearchAsync(services, truth, Copy, seed);
            FrontQuality whole = await SearchAsync(services, truth, device, seed);
            figures.Add([few.HypervolumeRatio, few.LiveHypervolumeRatio, whole.HypervolumeRatio, whole.LiveHypervolumeRatio]);
            output.WriteLine($"| {seed} | {Row(figures[^1])} |");
            output.Flush();
        }

        output.WriteLine($"| **mean** | {Row([.. Enumerable.Range(0, 4).Select(column => figures.Average(row => row[column]))])} |");
    }

    private static string Row(double[] figures)
        => string.Join(" | ", figures.Select(figure => figure.ToString(".0000", CultureInfo.InvariantCulture)));

    // Of the front that the search shows, by the latencies that it does not know.
    private static async Task<FrontQuality> SearchAsync(ServiceProvider services, BenchmarkContext truth, string device, int seed)
    {
        string runId = $"20260101-000000-{device}-{seed}";
        SearchRequest request = new()
        {
            Dataset = truth.Dataset,
            Device = device,
            Seed = seed,
            MaxLabels = Labels,
            Prior = PriorSources.None,
        };
        await services.GetRequiredService<InProcessSearch>().RunAsync(runId, request, TimeProvider.System, CancellationToken.None);
        RunContent content = (await RunContent.LoadAsync(services.GetRequiredService<RunRepository>(), runId, CancellationToken.None))!;
        return truth.Metrics.Evaluate(content.Front!.Points.Select(point => point.Index), request.LabelsFrom);
    }
}
