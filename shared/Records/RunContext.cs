using PelNas.Shared.Devices;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Records;

/// <summary>
/// A run together with what can be derived from its request: tables, partitions, features. Read-only and shared by all steps.
/// </summary>
/// <param name="Benchmark">Tables of the run's data set and device.</param>
/// <param name="Map">The space, cut as the request asks.</param>
/// <param name="Functions">The functions of the space with what the predictor sees of them.</param>
/// <param name="Prior">What was believed before the first label; null before it was requested, and without one.</param>
public sealed record RunContext(
    RunRow Run, BenchmarkContext Benchmark, PartitionMap Map, FunctionTable Functions, AccuracyPrior? Prior = null)
{
    /// <summary>Cells to label first where the prior names none, in order; none before the prior was requested.</summary>
    public IReadOnlyList<int> SeedOrder { get; init; } = [];

    /// <summary>What came of the question for a prior.</summary>
    public AnswerTally PriorAnswers { get; init; } = AnswerTally.None;

    /// <summary>The request as accepted.</summary>
    public SearchRequest Request => Run.Request;

    /// <summary>The search space.</summary>
    public ISearchSpace Space => Benchmark.Space;

    /// <summary>
    /// The yardstick of the run: that of the context, with the exact front of the architectures within the user's limits where there
    /// are any. What they rule out cannot be found. Null where the exact front is not known.
    /// </summary>
    public ContextMetrics? Metrics => !Benchmark.HasAccuracies ? null
        : Request.HasLimits() ? new ContextMetrics(Benchmark, index => WhyOverConstraint(index) is null)
        : Benchmark.Metrics;

    /// <summary>The quality of labelled architectures by <see cref="Metrics"/>; null where the exact front is not known.</summary>
    public FrontQuality? Evaluate(IEnumerable<int> labelledIndices) => Metrics?.Evaluate(labelledIndices, Request.LabelsFrom);

    /// <summary>
    /// The quality that paying for all labels would come to by <see cref="Metrics"/>; null for labels that are test accuracies.
    /// </summary>
    public FrontQuality? Ceiling => Metrics?.Ceiling(Request.LabelsFrom);

    /// <summary>Least and greatest latency of the space on the device, ms. Free to know.</summary>
    public (double Min, double Max) LatencyRangeMs => Benchmark.LatencyRangeMs;

    /// <summary>Trainable parameters of an architecture's network for the run's data set, millions.</summary>
    public double ParamsM(int index) => Space.ParamsM(index, Benchmark.Shape.Classes);

    /// <summary>Multiply-accumulates for one image of the run's data set, millions.</summary>
    public double FlopsM(int index) => Space.FlopsM(index, Benchmark.Shape.Resolution, Benchmark.Shape.Classes);

    /// <summary>The same run as if it had asked for limits that are as tight as these at least.</summary>
    /// <param name="maxLatencyMs">Greatest latency, ms, or null.</param>
    /// <param name="maxParamsM">Most trainable parameters, millions, or null.</param>
    public RunContext Within(double? maxLatencyMs, double? maxParamsM) => this with
    {
        Run = Run with
        {
            Request = Request with
            {
                MaxLatencyMs = Least(maxLatencyMs, Request.MaxLatencyMs),
                MaxParamsM = Least(maxParamsM, Request.MaxParamsM),
            },
        },
    };

    /// <summary>A labelled candidate as a point of a front.</summary>
    public FrontPoint Point(RunCandidate candidate)
    {
        CandidateRow row = candidate.Row;
        double latencyMs = row.LatencyMs!.Value;
        LatencyUncertainty? uncertainty = Benchmark.Uncertainty;
        (double Low, double High)? interval = uncertainty is null
            ? null
            : LatencyInterval.Of(latencyMs, uncertainty.DeviationMs[row.Index]);
        return new FrontPoint
        {
            Index = row.Index,
            Architecture = Space.Format(row.Index),
            HasPath = Space.IsConnected(row.Index),
            Accuracy = row.Accuracy!.Value,
            ValidationAccuracy = Benchmark.HasAccuracies ? Benchmark.ValidationAccuracy[row.Index] : row.Accuracy,
            TestAccuracy = Benchmark.HasAccuracies ? Benchmark.TestAccuracy[row.Index] : null,
            PredictedAccuracy = row.PredictedAccuracy,
            LatencyMs = latencyMs,
            LatencyFrom = uncertainty is null
                ? null
                : uncertainty.Measured.Contains(row.Index) ? FrontPoint.Measured
                : FrontPoint.Predicted,
            LatencyLowMs = interval is { } low ? Math.Round(low.Low, 6) : null,
            LatencyHighMs = interval is { } high ? Math.Round(high.High, 6) : null,
            EnergyMj = Benchmark.EnergyMj.IsDefault ? null : Benchmark.EnergyMj[row.Index],
            ParamsM = Known(ParamsM(row.Index)),
            FlopsM = Known(FlopsM(row.Index)),
            Partition = candidate.Partition,
            Generation = row.Generation ?? 0,
        };
    }

    /// <summary>
    /// Whether an architecture may be a candidate of a partition: inside it, runnable on the device and within the user's limits.
    /// </summary>
    public bool IsAllowed(int partition, int index)
        => Map.PartitionOf(index) == partition && Benchmark.IsFeasible(index) && WhyOverConstraint(index) is null;

    /// <summary>
    /// By function, the fastest architecture that the device can run and that is within the user's limits that computes it (of equally fast
    /// ones that with the lowest index), or -1. Latencies are known, so that none of the others need be a candidate.
    /// </summary>
    public int[] FastestOfFunctions()
        => Space.LeastOfFunctions(
            index => Benchmark.LatencyMs[index], index => Benchmark.IsFeasible(index) && WhyOverConstraint(index) is null);

    /// <summary>
    /// For each architecture the fastest that computes its function, each once; those of functions without one are left out.
    /// </summary>
    public IReadOnlyList<int> FastestOf(IReadOnlyList<int> indices)
    {
        int[] fastest = indices.Count == 0 ? [] : FastestOfFunctions();
        return [.. indices.Select(index => fastest[Space.FunctionId(index)]).Where(index => index >= 0).Distinct()];
    }

    /// <summary>The architectures with a live path that the device can run and the user's limits allow, by index.</summary>
    public IEnumerable<int> AllowedCells()
        => Enumerable.Range(0, Space.Size)
            .Where(index => Space.IsConnected(index) && Benchmark.IsFeasible(index) && WhyOverConstraint(index) is null);

    /// <summary>The architectures of a partition within the user's limits that are the fastest of their function, one a function.</summary>
    public IEnumerable<int> FastestCells(int partition)
        => FastestOfFunctions().Where(index => index >= 0 && Map.PartitionOf(index) == partition);

    /// <summary>Which limit an architecture breaks, in one sentence, or null.</summary>
    public string? WhyOverConstraint(int index)
    {
        double latency = Benchmark.LatencyMs[index];
        return latency switch
        {
            _ when latency > Request.MaxLatencyMs =>
                $"its latency of {latency:0.###} ms is over the limit of {Request.MaxLatencyMs:0.###} ms",
            _ when Request.MaxEnergyMj is { } most && Benchmark.EnergyMj[index] > most =>
                $"its energy of {Benchmark.EnergyMj[index]:0.###} mJ is over the limit of {most:0.###} mJ",
            _ when Request.MaxParamsM is { } limit && ParamsM(index) > limit =>
                $"its {ParamsM(index):0.###} million parameters are over the limit of {limit:0.###} million",
            _ => null,
        };
    }

    private static double? Known(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;

    private static double? Least(double? one, double? other) => one is null || other < one ? other : one;
}
