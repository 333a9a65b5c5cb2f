using PelNas.Shared.Pareto;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>The point of a front that a person would look at first.</summary>
public static class FrontKnee
{
    // Two points are both extremes, and one has nothing to compromise between.
    private const int LeastPoints = 3;

    /// <summary>The knee by latency and error (<see cref="KneePoint"/>), or null for a front of fewer than three points.</summary>
    public static FrontPoint? Of(IReadOnlyList<FrontPoint> front)
        => front.Count >= LeastPoints
            && KneePoint.Find([.. front.Select(point => new[] { point.LatencyMs, 100 - point.Accuracy })]) is { } index
            ? front[index]
            : null;
}
