using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Prediction;

/// <summary>
/// <c>predictor-few-labels</c>: what proxies and another data set's labels bring the Gaussian process below 50 labels. The other data set
/// comes in as one more training-free score: its whole table, the most that it could bring, or what the process makes of 120 labels of it.
/// </summary>
internal static class FewLabels
{
    private const int OtherLabels = 120;

    private static readonly int[] Counts = [10, 20, 30, 40];
    private static readonly int[] Seeds = [.. Enumerable.Range(101, 10)];
    private static readonly (string Dataset, string Other)[] Pairs =
        [(DeviceCatalog.Cifar10, "cifar100"), ("cifar100", DeviceCatalog.Cifar10), ("imagenet16-120", DeviceCatalog.Cifar10)];

    public static void Run(TextWriter output)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        output.WriteLine(
            "| data set | labels | paths | paths, proxies | and 120 labels of the other data set | and its whole table | the other's table "
                + "alone |\n|---|---|---|---|---|---|---|");
        foreach ((string dataset, string other) in Pairs)
        {
            IReadOnlyList<double[]> scores = TrainingFreeScores.Of(tables, DatasetShape.Of(dataset));
            double[] otherTable = [.. tables.GetAccuracy(other, LabelSources.Test).Select(AccuracyScale.Fixed.ToTarget)];
            FunctionTable plain = FunctionTable.Create(tables.Space, scores);
            FunctionTable whole = FunctionTable.Create(tables.Space, [.. scores, otherTable]);
            FunctionTable[] learnt = [.. Seeds.Select(seed => FunctionTable.Create(tables.Space, [.. scores, Learn(tables, other, seed)]))];
            foreach (int count in Counts)
            {
                LabelDraw[] draws = [.. Seeds.Select(seed => new LabelDraw(tables, dataset, count, seed))];
                double[] alone = [.. plain.Cells.Select(cells => cells.Average(cell => otherTable[cell]))];
                string[] figures =
                [
                    PredictorComparison.Figure([.. draws.Select(draw => draw.Rank(plain, PredictorInputs.Paths))]),
                    PredictorComparison.Figure([.. draws.Select(draw => draw.Rank(plain, PredictorInputs.Both))]),
                    PredictorComparison.Figure([.. draws.Select((draw, i) => draw.Rank(learnt[i], PredictorInputs.Both))]),
                    PredictorComparison.Figure([.. draws.Select(draw => draw.Rank(whole, PredictorInputs.Both))]),
                    PredictorComparison.Figure([.. draws.Select(draw => draw.Rank(plain, AccuracyScale.Fixed, alone))]),
                ];
                output.WriteLine($"| {dataset} (other: {other}) | {count} | {string.Join(" | ", figures)} |");
                output.Flush();
            }
        }
    }

    /// <summary>The other data set's accuracy of every cell as predicted from random labels of it, drawn apart from this one's.</summary>
    private static double[] Learn(BenchmarkTables tables, string other, int seed)
    {
        FunctionTable table = FunctionTable.Create(tables.Space, TrainingFreeScores.Of(tables, DatasetShape.Of(other)));
        LabelDraw draw = new(tables, other, OtherLabels, seed + 1000);
        AccuracyPredictor predictor = draw.Train(table, PredictorInputs.Both);
        return [.. Enumerable.Range(0, tables.Space.Size).Select(index => predictor.Predict(index).Mean)];
    }
}
