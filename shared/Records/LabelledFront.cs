using PelNas.Shared.Pareto;

namespace PelNas.Shared.Records;

/// <summary>The Pareto front of labelled candidates: least latency, highest accuracy.</summary>
public static class LabelledFront
{
    /// <summary>The same by the latencies of a context. Candidates that turned out not to run, or to break a limit, are left out.</summary>
    public static IReadOnlyList<RunCandidate> Of(IEnumerable<RunCandidate> labelled, RunContext context)
        => Of(
            from candidate in labelled
            let index = candidate.Row.Index
            where context.Benchmark.IsFeasible(index) && context.WhyOverConstraint(index) is null
            select candidate with { Row = candidate.Row with { LatencyMs = context.Benchmark.LatencyMs[index] } });

    /// <summary>The non-dominated candidates, the fastest first; of equal ones the lowest index.</summary>
    /// <param name="labelled">Candidates with accuracy and latency.</param>
    public static IReadOnlyList<RunCandidate> Of(IEnumerable<RunCandidate> labelled)
    {
        RunCandidate[] candidates = [.. labelled.OrderBy(candidate => candidate.Row.Index)];
        double[][] points = [.. candidates.Select(candidate => new[] { candidate.Row.LatencyMs!.Value, -candidate.Row.Accuracy!.Value })];
        return
        [
            .. NonDominatedSort.FirstFront(points)
                .DistinctBy(place => (points[place][0], points[place][1]))
                .Select(place => candidates[place]),
        ];
    }
}
