using BenchmarkDotNet.Attributes;
using PelNas.Shared.Pareto;

namespace PelNas.Bench;

/// <summary>Fronts and hypervolumes of random points.</summary>
[MemoryDiagnoser]
public class ParetoBenchmarks
{
    private static readonly double[] Reference2 = [1, 1];
    private static readonly double[] Reference3 = [1, 1, 1];
    private double[][] _points2 = [];
    private double[][] _points3 = [];

    [Params(1_000, 15_625)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _points2 = [.. Enumerable.Range(0, Points).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        _points3 = [.. Enumerable.Range(0, Points).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })];
    }

    [Benchmark]
    public int FirstFront() => NonDominatedSort.FirstFront(_points2).Length;

    [Benchmark]
    public double Hypervolume2() => Hypervolume.Compute(_points2, Reference2);

    [Benchmark]
    public double Hypervolume3() => Hypervolume.Compute(_points3, Reference3);
}
