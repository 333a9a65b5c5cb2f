using BenchmarkDotNet.Attributes;
using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Bench;

/// <summary>What a search loads and computes before it starts. Cold figures of a fresh process are those of the first iteration.</summary>
public class TableBenchmarks
{
    [Params("fpga", "titan_rtx_256")]
    public string Device { get; set; } = "";

    [Benchmark]
    public double LoadContext() => BenchmarkTables.OpenDefault().GetContext("cifar10", Device).LatencyMs[0];

    [Benchmark]
    public double ExactFront() => BenchmarkTables.OpenDefault().GetContext("cifar10", Device).Metrics.ExactHypervolume;

    [Benchmark]
    public object Functions()
        => FunctionTable.Create(
            BenchmarkTables.OpenDefault().Space, TrainingFreeScores.Of(BenchmarkTables.OpenDefault(), DatasetShape.Of("cifar10")));
}
