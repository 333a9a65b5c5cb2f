using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Records;

/// <summary>A run together with what can be derived from its request: tables, partitions, features. Read-only and shared by all steps.</summary>
/// <param name="Run">The run's row.</param>
/// <param name="Benchmark">Tables of the run's data set and device.</param>
/// <param name="Map">The space, cut as the request asks.</param>
/// <param name="Functions">The functions of the space with what the predictor sees of them.</param>
/// <param name="Prior">What was believed before the first label; null before it was asked for, and without one.</param>
public sealed record RunContext(RunRow Run, BenchmarkContext Benchmark, PartitionMap Map, FunctionTable Functions, AccuracyPrior? Prior = null)
{
    /// <summary>The request as accepted.</summary>
    public SearchRequest Request => Run.Request;

    /// <summary>On whose account a partition asks the proposer, or with null the search as a whole.</summary>
    public ChatCall CallOf(int? partition) => new(Run.RunId, Request.MaxLlmCalls, Request.MaxUsd, partition);

    /// <summary>The search space.</summary>
    public ISearchSpace Space => Benchmark.Space;

    /// <summary>
    /// The yardstick of the run: that of the context, with the exact front of the architectures within the user's limits where there
    /// are any. What they rule out cannot be found.
    /// </summary>
    public ContextMetrics Metrics => Request.HasLimits()
        ? new ContextMetrics(Benchmark, index => WhyOverConstraint(index) is null)
        : Benchmark.Metrics;

    /// <summary>Least and greatest latency of the space on the device, ms. Free to know.</summary>
    public (double Min, double Max) LatencyRangeMs => (Benchmark.LatencyMs.Min(), Benchmark.LatencyMs.Max());

    /// <summary>Trainable parameters of an architecture's network for the run's data set, millions.</summary>
    public double ParamsM(int index) => Space.ParamsM(index, DatasetShape.Of(Request.Dataset).Classes);

    /// <summary>Multiply-accumulates for one image of the run's data set, millions.</summary>
    public double FlopsM(int index)
    {
        (int resolution, int classes) = DatasetShape.Of(Request.Dataset);
        return Space.FlopsM(index, resolution, classes);
    }

    /// <summary>Whether an architecture may be a candidate of a partition: inside it and within the user's limits.</summary>
    public bool IsAllowed(int partition, int index)
        => Map.PartitionOf(index) == partition && WhyOverConstraint(index) is null;

    /// <summary>Which limit an architecture breaks, in one sentence, or null.</summary>
    public string? WhyOverConstraint(int index)
    {
        double latency = Benchmark.LatencyMs[index];
        return latency switch
        {
            _ when latency > Request.MaxLatencyMs => $"its latency of {latency:0.###} ms is over the limit of {Request.MaxLatencyMs:0.###} ms",
            _ when Request.MaxParamsM is { } limit && ParamsM(index) > limit => $"its {ParamsM(index):0.###} million parameters are over the limit of {limit:0.###} million",
            _ => null,
        };
    }
}
