using System.Diagnostics;
using PelNas.Shared.Partitioning;

namespace PelNas.Functions.Telemetry;

/// <summary>What steps came to, on their spans and in the metrics. What an activity returns is handed on.</summary>
internal static class ResultTags
{
    /// <summary>A search was planned.</summary>
    public static IReadOnlyList<PartitionPlan> OnPlan(SearchRequest request, IReadOnlyList<PartitionPlan> plans)
    {
        Describe(StepSpan.Current, request);
        return plans;
    }

    /// <summary>A generation's front was published.</summary>
    public static GenerationFront OnFront(GenerationFront front)
    {
        Activity? span = StepSpan.Current;
        span?.SetTag(TelemetryNames.Labels, front.Labels);
        span?.SetTag(TelemetryNames.Hypervolume, front.Hypervolume);
        return front;
    }

    /// <summary>A search ended.</summary>
    public static void OnEnd(RunRow run)
    {
        Activity? span = StepSpan.Current;
        Describe(span, run.Request);
        span?.SetTag(TelemetryNames.StopReason, run.StopReason);
        if (run.FinishedAt is { } finishedAt)
        {
            SearchMetrics.SearchDuration.Record(
                (finishedAt - run.StartedAt).TotalSeconds,
                new(TelemetryNames.Dataset, run.Request.Dataset),
                new(TelemetryNames.Device, run.Request.Device),
                new(TelemetryNames.StopReason, run.StopReason));
        }
    }

    /// <summary>A sweep ended.</summary>
    public static void OnSweepEnd(SweepRow sweep)
    {
        Activity? span = StepSpan.Current;
        span?.SetTag(TelemetryNames.SweepSearches, sweep.Searches.Count);
        span?.SetTag(TelemetryNames.SweepFailed, sweep.Searches.Count(search => search.Failure is not null));
        foreach (SweepContext context in sweep.Contexts)
        {
            SearchMetrics.SweepHypervolume.Record(
                context.Hypervolume,
                new(TelemetryNames.Dataset, context.Dataset),
                new(TelemetryNames.Device, context.Device),
                new(TelemetryNames.SweepId, sweep.SweepId));
        }
    }

    private static void Describe(Activity? span, SearchRequest request)
    {
        span?.SetTag(TelemetryNames.Dataset, request.Dataset);
        span?.SetTag(TelemetryNames.Device, request.Device);
    }
}
