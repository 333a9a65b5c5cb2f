using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using PelNas.Shared.Common;
using PelNas.Shared.Devices;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Devices;

/// <summary>
/// <c>few-measurements DRAWS</c>: how well the latencies of a device are ranked from 10 and 20 measured cells, drawn at random and as
/// suggested, beside a regression on operation counts, the most similar known device, and FLOPs. Spearman over all cells that were not
/// measured.
/// </summary>
internal static class FewMeasurements
{
    private static readonly int[] Counts = [10, 20];
    private static readonly string[] Methods = ["model", "per-operation regression", "nearest device", "FLOPs"];

    public static void Run(TextWriter output, int draws)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        foreach (DeviceSplit split in new[] { DeviceSplit.Help, DeviceSplit.Hard, DeviceSplit.LeaveOneOut })
        {
            output.WriteLine($"## {split.Name}\n");
            IEnumerable<string> columns = Counts.SelectMany(count => (string[])
                [
                    .. Methods.Select(method => $"{count} random: {method}"),
                    $"{count} suggested: model",
                    $"{count}: share in the interval",
                ]);
            output.WriteLine($"| device | {string.Join(" | ", columns)} |");
            output.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", Counts.Length * (Methods.Length + 2)))}");
            List<double[]> rows = [];
            foreach (string target in split.Targets)
            {
                double[] row = Measure(tables, split, target, draws);
                rows.Add(row);
                output.WriteLine($"| {target} | {Figures(row)} |");
            }

            output.WriteLine(
                $"| **mean** | {Figures([.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Average(row => row[column]))])} |\n");
            output.Flush();
        }

        MicroController.Run(output, tables, draws);
    }

    private static string Figures(double[] row)
        => string.Join(" | ", row.Select(figure => figure.ToString(".000", CultureInfo.InvariantCulture)));

    private static double[] Measure(BenchmarkTables tables, DeviceSplit split, string target, int draws)
    {
        LatencyEstimator estimator = new(tables, known => split.IsKnown(target, known));
        string[] known = [.. tables.Devices.Where(device => device.Infeasible == 0 && split.IsKnown(target, device.Name))
            .Select(device => device.Name)];
        double[] truth = [.. tables.GetLatency(DeviceCatalog.Cifar10, target)];
        int[] feasible = [.. Enumerable.Range(0, truth.Length).Where(cell => double.IsFinite(truth[cell]))];
        List<double> row = [];
        foreach (int count in Counts)
        {
            List<double[]> drawn = [];
            double within = 0;
            for (int draw = 1; draw <= draws; draw++)
            {
                int[] cells = [.. feasible];
                SeededRandom.For(draw, "few-measurements").Shuffle(cells);
                cells = cells[..count];
                LatencyEstimate estimate = estimator.Estimate(Measured(truth, cells));
                int[] others = [.. feasible.Except(cells)];
                within += Coverage(estimate, truth, others) / draws;
                drawn.Add(
                [
                    Rank(truth, estimate.LatencyMs, others),
                    Rank(truth, PerOperation(tables.Space, truth, cells), others),
                    Rank(truth, Nearest(tables, known, truth, cells), others),
                    Rank(truth, [.. Enumerable.Range(0, truth.Length).Select(cell => tables.Space.FlopsM(cell))], others),
                ]);
            }

            row.AddRange(Enumerable.Range(0, Methods.Length).Select(method => drawn.Average(figures => figures[method])));
            int[] suggested = [.. MeasurementChoice.Begin(MeasurementChoice.MaxCount)
                .Where(cell => double.IsFinite(truth[cell])).Take(count)];
            row.Add(Rank(truth, estimator.Estimate(Measured(truth, suggested)).LatencyMs, [.. feasible.Except(suggested)]));
            row.Add(within);
        }

        return [.. row];
    }

    internal static MeasuredCell[] Measured(IReadOnlyList<double> truth, int[] cells)
        => [.. cells.Select(cell => new MeasuredCell(cell, truth[cell]))];

    internal static double Rank(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, int[] cells)
        => Correlation.Spearman(cells.Select(cell => truth[cell]), cells.Select(cell => predicted[cell]));

    private static double Coverage(LatencyEstimate estimate, double[] truth, int[] cells) => cells.Count(cell =>
    {
        (double low, double high) = LatencyInterval.Of(estimate.LatencyMs[cell], estimate.DeviationMs[cell]);
        return truth[cell] >= low && truth[cell] <= high;
    }) / (double)cells.Length;

    /// <summary>Ridge regression on the number of edges with each operation.</summary>
    internal static double[] PerOperation(ISearchSpace space, IReadOnlyList<double> truth, int[] cells)
    {
        double[] Row(int cell) => [1, .. CellWork.Counts(space.Genotype(cell)).Written];
        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(cells.Select(Row));
        Vector<double> y = Vector<double>.Build.DenseOfEnumerable(cells.Select(cell => truth[cell]));
        Vector<double> weights = ((x.Transpose() * x) + (0.01 * Matrix<double>.Build.DenseIdentity(x.ColumnCount)))
            .Solve(x.Transpose() * y);
        return [.. Enumerable.Range(0, space.Size).Select(cell => Row(cell).Zip(weights, (value, weight) => value * weight).Sum())];
    }

    /// <summary>The latencies of the known device that ranks the measured cells most alike.</summary>
    private static ImmutableArray<double> Nearest(BenchmarkTables tables, string[] known, double[] truth, int[] cells)
        => known.Select(device => tables.GetLatency(DeviceCatalog.Cifar10, device))
            .MaxBy(latencies => Correlation.Pearson(cells.Select(cell => truth[cell]), cells.Select(cell => latencies[cell])));
}
