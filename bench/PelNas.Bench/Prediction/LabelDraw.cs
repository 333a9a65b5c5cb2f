using MathNet.Numerics.Statistics;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Bench.Prediction;

/// <summary>A data set's labels, some of them drawn at random, and how well predictions rank all the others.</summary>
internal sealed class LabelDraw
{
    private readonly double[] _accuracy;
    private readonly int[] _others;
    private readonly double _chance;

    public LabelDraw(BenchmarkTables tables, string dataset, int count, int seed)
    {
        Dataset = dataset;
        _accuracy = [.. tables.GetAccuracy(dataset).Values];
        _chance = AccuracyScale.ToTarget(100.0 / DatasetShape.Of(dataset).Classes);
        int[] all = [.. Enumerable.Range(0, tables.Space.Size)];
        new Random(seed).Shuffle(all);
        Labels = [.. all.Take(count).Select(index => (index, _accuracy[index]))];
        _others = all[count..];
    }

    public string Dataset { get; }

    public (int Index, double Accuracy)[] Labels { get; }

    /// <summary>The value of each function on the target scale by the Gaussian process of the product, or null with too few labels.</summary>
    public double[]? Process(FunctionTable table, string inputs) => AccuracyPredictor.Train(table, Dataset, inputs, Labels)?.Process.Means;

    /// <summary>The same by another model of labelled rows.</summary>
    public double[] Fit(FunctionTable table, double[][] rows, Func<double[][], int[], double[], double[]> model)
    {
        (int Index, double Accuracy)[] live = [.. Labels.Where(label => table.FunctionOf[label.Index] >= 0)];
        return model(
            rows,
            [.. live.Select(label => table.FunctionOf[label.Index])],
            [.. live.Select(label => AccuracyScale.ToTarget(label.Accuracy))]);
    }

    /// <summary>Spearman over all architectures without a label.</summary>
    public double Rank(FunctionTable table, double[] values) => Correlation.Spearman(
        _others.Select(index => table.FunctionOf[index] is >= 0 and int function ? values[function] : _chance),
        _others.Select(index => _accuracy[index]));
}
