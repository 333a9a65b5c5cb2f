using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Tracing;

/// <summary>
/// Draws the spans of orchestrations, by the source, names and attributes that the Durable Task Framework has for them: one from an instance's
/// start to its end, over all its runs and replays and restarts of the process. Sub-orchestrations are within their caller's, activities within that of the
/// orchestration that called them. Nothing is done while nobody listens.
/// </summary>
internal sealed class OrchestrationTraces(HistoryStore store)
{
    /// <summary>Source of the spans.</summary>
    public const string SourceName = "DurableTask.Core";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Has what runs until the result is disposed of be within an instance's span. That span itself is sent at the instance's end.</summary>
    public Activity? Enter(string instanceId)
    {
        if (!Source.HasListeners() || store.Read(connection => Lineage.Of(connection, instanceId)) is not { } lineage)
        {
            return null;
        }

        // Of no source, and so never sent: it only stands for the instance's span where this process looks for the present one.
        Activity place = new(NameOf(lineage.Instance));
        place.SetParentId(lineage.TraceId, lineage.Parent is null ? default : SpanIds.SpanOf(lineage.Parent), ActivityTraceFlags.Recorded);
        place.Start();
        SpanIds.Set(place, SpanIds.SpanOf(lineage.Instance));
        return place;
    }

    /// <summary>Sends the span of an instance that has ended. A process that is killed between the end and this sends none.</summary>
    public void Ended(InstanceRow instance, OrchestrationRuntimeStatus status, TaskFailureDetails? failure, DateTimeOffset now)
    {
        if (!Source.HasListeners() || store.Read(connection => Lineage.Of(connection, instance.Id)) is not { } lineage)
        {
            return;
        }

        ActivityContext parent = new(lineage.TraceId, lineage.Parent is null ? default : SpanIds.SpanOf(lineage.Parent), ActivityTraceFlags.Recorded);
        using Activity? span = Source.StartActivity(NameOf(instance), ActivityKind.Server, parent, startTime: instance.CreatedAt);
        if (span is null)
        {
            return;
        }

        SpanIds.Set(span, SpanIds.SpanOf(instance));
        span.SetTag("durabletask.type", "orchestration");
        span.SetTag("durabletask.task.name", instance.Name);
        span.SetTag("durabletask.task.instance_id", instance.Id);
        span.SetTag("durabletask.task.status", status.ToString());
        if (status != OrchestrationRuntimeStatus.Completed)
        {
            span.SetStatus(ActivityStatusCode.Error, failure?.ErrorMessage);
        }

        span.SetEndTime(now.UtcDateTime);
    }

    private static string NameOf(InstanceRow instance) => $"orchestration:{instance.Name}";
}
