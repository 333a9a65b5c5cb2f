using BenchmarkDotNet.Attributes;
using PelNas.Shared.Pareto;

namespace PelNas.Bench;

/// <summary>Fronts, ranks and hypervolumes of random points, which lie in one array.</summary>
[MemoryDiagnoser]
[MinColumn]
[MedianColumn]
public class ParetoBenchmarks
{
    private static readonly double[] Reference2 = [1, 1];
    private static readonly double[] Reference3 = [1, 1, 1];
    private double[] _points2 = [];
    private double[] _points3 = [];

    [Params(1_000, 15_625)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _points2 = [.. Enumerable.Range(0, 2 * Points).Select(_ => random.NextDouble())];
        _points3 = [.. Enumerable.Range(0, 3 * Points).Select(_ => random.NextDouble())];
    }

    [Benchmark]
    public int FirstFront() => NonDominatedSort.FirstFront(_points2, 2).Length;

    [Benchmark]
    public int Ranks2() => NonDominatedSort.Ranks(_points2, 2).Length;

    [Benchmark]
    public int Ranks3() => NonDominatedSort.Ranks(_points3, 3).Length;

    [Benchmark]
    public double Hypervolume2() => Hypervolume.Compute(_points2, Reference2);

    [Benchmark]
    public double Hypervolume3() => Hypervolume.Compute(_points3, Reference3);
}
