using System.Diagnostics;
using PelNas.Shared.Evolution;
using PelNas.Shared.Pareto;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Telemetry;

/// <summary>What steps came to, on their spans and in the metrics.</summary>
internal static class ResultTags
{
    /// <summary>A search was planned.</summary>
    public static void OnPlan(Activity? span, SearchRequest request)
    {
        span?.SetTag(TelemetryNames.Dataset, request.Dataset);
        span?.SetTag(TelemetryNames.Device, request.Device);
    }

    /// <summary>Candidates were added to a partition.</summary>
    public static void OnProposals(Activity? span, ProposalCounts counts) => span?.SetTag(TelemetryNames.Accepted, counts.Accepted);

    /// <summary>A generation's front was published.</summary>
    public static void OnFront(Activity? span, GenerationFront front)
    {
        span?.SetTag(TelemetryNames.Labels, front.Labels);
        span?.SetTag(TelemetryNames.FrontPoints, front.Points);
        span?.SetTag(TelemetryNames.Hypervolume, front.Hypervolume);
    }

    /// <summary>A search ended.</summary>
    public static void OnEnd(Activity? span, RunRow run)
    {
        OnPlan(span, run.Request);
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
    public static void OnSweep(Activity? span, SweepRow sweep)
    {
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
}
