using MathNet.Numerics.Statistics;
using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Prediction;

/// <summary>A data set's labels, some of them drawn at random, and how well predictions rank all the others.</summary>
internal sealed class LabelDraw
{
    private readonly double[] _accuracy;
    private readonly int[] _others;

    public LabelDraw(BenchmarkTables tables, string dataset, int count, int seed)
    {
        Dataset = dataset;
        _accuracy = [.. tables.GetAccuracy(dataset, LabelSources.Test)];
        int[] all = [.. Enumerable.Range(0, tables.Space.Size)];
        new Random(seed).Shuffle(all);
        Labels = [.. all.Take(count).Select(index => (index, _accuracy[index]))];
        _others = all[count..];
    }

    public string Dataset { get; }

    public (int Index, double Accuracy)[] Labels { get; }

    /// <summary>The Gaussian process of the product.</summary>
    /// <exception cref="InvalidOperationException">There are too few labels.</exception>
    public AccuracyPredictor Train(FunctionTable table, string inputs)
        => AccuracyPredictor.Train(table, DatasetShape.Of(Dataset).Classes, inputs, Labels)
            ?? throw new InvalidOperationException($"{Labels.Length} labels are too few to train on.");

    /// <summary>The value of each function on a scale by another model of labelled rows.</summary>
    public double[] Fit(FunctionTable table, AccuracyScale scale, double[][] rows, Func<double[][], int[], double[], double[]> model)
    {
        (int Index, double Accuracy)[] live = [.. Labels.Where(label => table.FunctionOf[label.Index] >= 0)];
        return model(
            rows,
            [.. live.Select(label => table.FunctionOf[label.Index])],
            [.. live.Select(label => scale.ToTarget(label.Accuracy))]);
    }

    /// <summary>Spearman over all architectures without a label.</summary>
    public double Rank(FunctionTable table, AccuracyScale scale, double[] values)
    {
        double chance = scale.ToTarget(100.0 / DatasetShape.Of(Dataset).Classes);
        return Correlation.Spearman(
            _others.Select(index => table.FunctionOf[index] is >= 0 and int function ? values[function] : chance),
            _others.Select(index => _accuracy[index]));
    }

    /// <summary>The same of the Gaussian process.</summary>
    public double Rank(FunctionTable table, string inputs)
    {
        AccuracyPredictor predictor = Train(table, inputs);
        return Rank(table, predictor.Scale, predictor.Process.Means);
    }
}
