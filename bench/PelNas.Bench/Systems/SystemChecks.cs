using System.Globalization;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Comparison.Systems;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Systems;

/// <summary>
/// <c>system-checks SEEDS</c>: whether the learners of other papers' systems do what their papers claim, on validation accuracies.
/// </summary>
internal static class SystemChecks
{
    private const int HeldOutPairs = 2000;
    private const int BestOf = 500;
    private const double Ridge = 1;

    private static readonly int[] Counts = [60, 120];
    private static readonly string[] Datasets = ["cifar10", "cifar100", "imagenet16-120"];

    public static async Task RunAsync(TextWriter output, int[] seeds)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        StrategyCatalog catalog = new(tables);
        FunctionTable functions = FunctionTable.Create(tables.Space, []);
        await DeltasAsync(output, tables, catalog, functions, seeds);
        Pairwise(output, tables, functions, seeds);
        await BestAsync(output, tables, catalog, seeds);
    }

    /// <summary>Of two cells one edit apart, which is better: by the difference that is predicted, and by two predictions.</summary>
    private static async Task DeltasAsync(
        TextWriter output, BenchmarkTables tables, StrategyCatalog catalog, FunctionTable functions, int[] seeds)
    {
        output.WriteLine("| data set | labels | drawn by | delta | regression, one-hot | regression, paths |\n|---|---|---|---|---|---|");
        byte[][] cells = LiveCell.All(tables.Space);
        foreach (string dataset in Datasets)
        {
            BenchmarkContext context = tables.GetContext(dataset, "fpga");
            foreach (int count in Counts)
            {
                foreach (string by in (string[])["random", "delta-nas"])
                {
                    double[][] right = new double[seeds.Length][];
                    foreach ((int place, int seed) in seeds.Index())
                    {
                        SearchTrial trial = new(context, LabelSources.Validation, seed, count, TimeProvider.System);
                        await catalog.Find(by)!.SearchAsync(trial, CancellationToken.None);
                        int[] labelled = [.. trial.Ledger.Entries.Select(entry => entry.Index)
                            .Where(index => LiveCell.IsAlive(cells[index]))];
                        right[place] = SignAccuracies(context, cells, functions, labelled, seed);
                    }

                    IEnumerable<string> figures = Enumerable.Range(0, 3).Select(column => Figure([.. right.Select(row => row[column])]));
                    output.WriteLine($"| {dataset} | {count} | {by} | {string.Join(" | ", figures)} |");
                    output.Flush();
                }
            }
        }
    }

    private static double[] SignAccuracies(BenchmarkContext context, byte[][] cells, FunctionTable functions, int[] labelled, int seed)
    {
        double Error(int index) => 100 - context.ValidationAccuracy[index];
        CellDeltas deltas = CellDeltas.Fit([.. labelled.Select(index => (cells[index], Error(index)))]);
        double[] errors = [.. labelled.Select(Error)];
        Func<int, double> oneHot = Regression(labelled, errors, index => OneHot(cells[index]));
        Func<int, double> paths = Regression(labelled, errors, index => functions.Paths[functions.FunctionOf[index]]);
        Random random = new(seed);
        HashSet<int> known = [.. labelled];
        double[] right = new double[3];
        int pairs = 0;
        while (pairs < HeldOutPairs)
        {
            int from = random.Next(cells.Length);
            int[] neighbours = [.. context.Space.Neighbours(from)];
            int to = neighbours[random.Next(neighbours.Length)];
            if (known.Contains(from) || known.Contains(to) || !LiveCell.IsAlive(cells[from]) || !LiveCell.IsAlive(cells[to])
                || TensorPrimitives.HammingDistance<byte>(cells[from], cells[to]) == 0)
            {
                continue;
            }

            bool isWorse = Error(to) > Error(from);
            right[0] += deltas.Difference(cells[from], cells[to]) > 0 == isWorse ? 1 : 0;
            right[1] += oneHot(to) > oneHot(from) == isWorse ? 1 : 0;
            right[2] += paths(to) > paths(from) == isWorse ? 1 : 0;
            pairs++;
        }

        return [.. right.Select(count => count / pairs)];
    }

    /// <summary>Rank correlation over all cells of the pairwise classifier's score and of ridge regression on the same features.</summary>
    private static void Pairwise(TextWriter output, BenchmarkTables tables, FunctionTable functions, int[] seeds)
    {
        output.WriteLine("\n| data set | labels | pairwise, Kendall | regression, Kendall |\n|---|---|---|---|");
        foreach (string dataset in Datasets)
        {
            BenchmarkContext context = tables.GetContext(dataset, "fpga");
            int[] alive = [.. Enumerable.Range(0, tables.Space.Size).Where(tables.Space.IsConnected)];
            foreach (int count in Counts)
            {
                List<double[]> taus = [];
                foreach (int seed in seeds)
                {
                    int[] order = [.. alive];
                    new Random(seed).Shuffle(order);
                    int[] labelled = order[..count];
                    double[] errors = [.. labelled.Select(index => 100 - context.ValidationAccuracy[index])];
                    PairwiseRanker ranker = PairwiseRanker.Fit(
                        tables.Space, [.. labelled.Select((index, place) => new Individual(index, [0, errors[place]]))]);
                    Func<int, double> regression = Regression(labelled, errors, index => functions.Paths[functions.FunctionOf[index]]);
                    int[] judged = order[count..(count + 2000)];
                    double[] truth = [.. judged.Select(index => context.ValidationAccuracy[index])];
                    taus.Add(
                        [RankAgreement.Kendall([.. judged.Select(ranker.Score)], truth)!.Value,
                            RankAgreement.Kendall([.. judged.Select(index => -regression(index))], truth)!.Value]);
                }

                output.WriteLine(
                    $"| {dataset} | {count} | {Figure([.. taus.Select(row => row[0])])} | {Figure([.. taus.Select(row => row[1])])} |");
                output.Flush();
            }
        }
    }

    /// <summary>The best accuracy among 500 labels.</summary>
    private static async Task BestAsync(TextWriter output, BenchmarkTables tables, StrategyCatalog catalog, int[] seeds)
    {
        string[] names = ["l2nas", "l2nas-median", "regularized-evolution", "random"];
        output.WriteLine($"\n| best of {BestOf} labels | {string.Join(" | ", names)} |\n|---|{string.Concat(names.Select(_ => "---|"))}");
        BenchmarkContext context = tables.GetContext("cifar100", "fpga");
        List<double[]> best = [];
        foreach (int seed in seeds)
        {
            List<double> row = [];
            foreach (string name in names)
            {
                SearchTrial trial = new(context, LabelSources.Validation, seed, BestOf, TimeProvider.System);
                await catalog.Find(name)!.SearchAsync(trial, CancellationToken.None);
                row.Add(trial.Ledger.Entries.Max(entry => context.ValidationAccuracy[entry.Index]));
            }

            best.Add([.. row]);
        }

        IEnumerable<string> figures = Enumerable.Range(0, names.Length).Select(column => Figure([.. best.Select(row => row[column])]));
        output.WriteLine($"| cifar100, fpga | {string.Join(" | ", figures)} |");
    }

    /// <summary>Ridge regression with a constant.</summary>
    private static Func<int, double> Regression(int[] labelled, double[] errors, Func<int, double[]> features)
    {
        double mean = errors.Average();
        Matrix<double> x = Matrix<double>.Build.DenseOfRows(labelled.Select(features));
        Vector<double> weights = (x.TransposeThisAndMultiply(x) + Matrix<double>.Build.DenseDiagonal(x.ColumnCount, Ridge)).Cholesky()
            .Solve(x.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(errors.Select(error => error - mean))));
        return index => mean + weights.DotProduct(Vector<double>.Build.Dense(features(index)));
    }

    private static double[] OneHot(byte[] cell)
    {
        double[] encoding = new double[cell.Length * 5];
        for (int edge = 0; edge < cell.Length; edge++)
        {
            encoding[(edge * 5) + cell[edge]] = 1;
        }

        return encoding;
    }

    private static string Figure(double[] values)
    {
        SampleMoments moments = SampleMoments.Of(values);
        return string.Create(CultureInfo.InvariantCulture, $"{moments.Mean:0.000} ± {moments.Deviation:0.000}");
    }
}
