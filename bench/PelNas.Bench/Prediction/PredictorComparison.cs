using System.Globalization;
using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Prediction;

/// <summary>
/// <c>predictor-comparison</c>: FastTree, LightGBM, the Gaussian process of the product and its mean with FastTree, on the same labels
/// and features. Spearman with all architectures that have no label, means over the draws.
/// </summary>
internal static class PredictorComparison
{
    private static readonly string[] Datasets = [DeviceCatalog.Cifar10, "cifar100", "imagenet16-120"];
    private static readonly int[] Counts = [50, 100, 200, 400];
    private static readonly string[] Inputs = [PredictorInputs.Paths, PredictorInputs.Both];
    private static readonly string[] Models = ["FastTree", "LightGBM", "Gaussian process", "Gaussian process + FastTree"];

    // Other draws than those that the priors of the Gaussian process were chosen on, which are 1 to 5.
    private static readonly int[] Seeds = [101, 102, 103, 104, 105];

    public static void Run(TextWriter output)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        output.WriteLine($"| labels | inputs | model | {string.Join(" | ", Datasets)} |\n|---|---|---|---|---|---|");
        FunctionTable[] functions =
            [.. Datasets.Select(dataset => FunctionTable.Create(tables.Space, TrainingFreeScores.Of(tables, DatasetShape.Of(dataset))))];
        foreach (int count in Counts)
        {
            // FastTree waits for threads of its own most of the time.
            List<double>[][] cells =
            [
                .. Inputs.SelectMany(_ => Datasets, (inputs, dataset) => (inputs, dataset))
                    .AsParallel().AsOrdered().WithDegreeOfParallelism(6)
                    .Select(cell => Measure(tables, functions[Array.IndexOf(Datasets, cell.dataset)], cell.dataset, cell.inputs, count)),
            ];
            for (int inputs = 0; inputs < Inputs.Length; inputs++)
            {
                for (int model = 0; model < Models.Length; model++)
                {
                    IEnumerable<string> figures =
                        Datasets.Select((_, dataset) => Figure(cells[(inputs * Datasets.Length) + dataset][model]));
                    output.WriteLine($"| {count} | {Inputs[inputs]} | {Models[model]} | {string.Join(" | ", figures)} |");
                }
            }

            output.Flush();
        }
    }

    /// <summary>Mean ± standard deviation.</summary>
    internal static string Figure(IReadOnlyCollection<double> values)
    {
        SampleMoments moments = SampleMoments.Of(values);
        return string.Create(CultureInfo.InvariantCulture, $"{moments.Mean:.0000} ± {moments.Deviation:.0000}");
    }

    /// <summary>Spearman by model, a draw each.</summary>
    private static List<double>[] Measure(BenchmarkTables tables, FunctionTable table, string dataset, string inputs, int count)
    {
        double[][] rows = [.. Enumerable.Range(0, table.Count).Select(function => (double[])
            [.. table.Paths[function], .. table.Orders[function], .. inputs == PredictorInputs.Both ? table.Scores[function] : []])];
        List<double>[] cells = [.. Models.Select(_ => new List<double>())];
        foreach (int seed in Seeds)
        {
            LabelDraw draw = new(tables, dataset, count, seed);
            AccuracyPredictor predictor = draw.Train(table, inputs);
            double[] process = predictor.Process.Means;
            double[] fast = draw.Fit(table, predictor.Scale, rows, Boosting.FastTree);
            double[] light = draw.Fit(table, predictor.Scale, rows, Boosting.LightGbm);
            double[][] values = [fast, light, process, [.. process.Zip(fast, (first, second) => (first + second) / 2)]];
            for (int model = 0; model < Models.Length; model++)
            {
                cells[model].Add(draw.Rank(table, predictor.Scale, values[model]));
            }
        }

        return cells;
    }
}
