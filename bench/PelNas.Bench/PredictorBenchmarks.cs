using BenchmarkDotNet.Attributes;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Bench;

/// <summary>Training the accuracy predictor and asking it for a prediction.</summary>
public class PredictorBenchmarks
{
    private readonly FeatureTable _features = new(BenchmarkTables.OpenDefault().Space);
    private (int Index, double Accuracy)[] _labels = [];
    private PathRegression _trained = null!;

    [Params(19, 120, 300)]
    public int Labels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        BenchmarkContext context = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        int[] all = [.. Enumerable.Range(0, context.Space.Size)];
        new Random(1).Shuffle(all);
        _labels = [.. all.Take(Labels).Select(index => (index, context.Accuracy[index]))];
        _trained = PathRegression.Train(_features, _labels)!;
    }

    [Benchmark]
    public object Train() => PathRegression.Train(_features, _labels)!;

    [Benchmark]
    public double Predict() => _trained.Predict(777).Mean;
}
