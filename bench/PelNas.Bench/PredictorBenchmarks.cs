using BenchmarkDotNet.Attributes;
using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Bench;

/// <summary>Training the accuracy predictor and asking it for a prediction.</summary>
public class PredictorBenchmarks
{
    private readonly FunctionTable _functions = FunctionTable.Create(
        BenchmarkTables.OpenDefault().Space, TrainingFreeScores.Of(BenchmarkTables.OpenDefault(), DatasetShape.Of("cifar10")));

    private (int Index, double Accuracy)[] _labels = [];
    private AccuracyPredictor _trained = null!;

    [Params(19, 120, 300)]
    public int Labels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        BenchmarkContext context = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        int[] all = [.. Enumerable.Range(0, context.Space.Size)];
        new Random(1).Shuffle(all);
        _labels = [.. all.Take(Labels).Select(index => (index, context.ValidationAccuracy[index]))];
        _trained = AccuracyPredictor.Train(_functions, 10, PredictorInputs.Both, _labels)!;
    }

    [Benchmark]
    public object Train() => AccuracyPredictor.Train(_functions, 10, PredictorInputs.Both, _labels)!;

    [Benchmark]
    public double Predict() => _trained.Predict(777).Mean;
}
