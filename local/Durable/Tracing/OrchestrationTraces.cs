using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Tracing;

/// <summary>
/// Draws the spans of orchestrations, by the source, names and attributes that the Durable Task Framework has for them: one from an instance's
/// start to its end, over all its runs and replays and restarts of the process. Sub-orchestrations are within their caller's, activities within that of the
/// orchestration that called them. Nothing is done while nobody listens, and nothing more once it has failed: orchestrations go on without.
/// </summary>
/// <param name="store">The history.</param>
/// <param name="logger">Is told of a failure.</param>
/// <param name="setId">Gives a started span an id; <see cref="SpanIds.Set"/> when null.</param>
internal sealed class OrchestrationTraces(HistoryStore store, ILogger<OrchestrationTraces> logger, Action<Activity, ActivitySpanId>? setId = null)
{
    /// <summary>Source of the spans.</summary>
    public const string SourceName = "DurableTask.Core";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Action<Activity, ActivitySpanId> _setId = setId ?? SpanIds.Set;
    private int _hasFailed;

    private bool IsWanted => Source.HasListeners() && Volatile.Read(ref _hasFailed) == 0;

    /// <summary>Has what runs until the result is disposed of be within an instance's span. That span itself is sent at the instance's end.</summary>
    public IDisposable? Enter(string instanceId)
    {
        if (!IsWanted || store.Read(connection => InstanceTable.Find(connection, instanceId)) is not { } instance)
        {
            return null;
        }

        // Of no source, and so never sent: it only stands for the instance's span where this process looks for the present one.
        Activity place = new(NameOf(instance));
        Activity? before = Activity.Current;
        bool isEntered = Try(before, () =>
        {
            Lineage lineage = Lineage.Of(instance);
            place.SetParentId(lineage.TraceId, lineage.Caller, ActivityTraceFlags.Recorded);
            place.Start();
            _setId(place, lineage.Span);
        });
        return isEntered ? new Place(this, place, before) : null;
    }

    /// <summary>
    /// Sends the span of an instance that has ended. It is told all it needs, since the instance may be purged by then. A process that is killed
    /// between the end and this sends none.
    /// </summary>
    public void Ended(InstanceRow instance, OrchestrationRuntimeStatus status, TaskFailureDetails? failure, DateTimeOffset now)
    {
        if (IsWanted)
        {
            Try(Activity.Current, () => Send(instance, status, failure, now));
        }
    }

    private static string NameOf(InstanceRow instance) => $"orchestration:{instance.Name}";

    private void Send(InstanceRow instance, OrchestrationRuntimeStatus status, TaskFailureDetails? failure, DateTimeOffset now)
    {
        Lineage lineage = Lineage.Of(instance);
        ActivityContext parent = new(lineage.TraceId, lineage.Caller, ActivityTraceFlags.Recorded);
        Activity? span = Source.StartActivity(NameOf(instance), ActivityKind.Server, parent, startTime: instance.CreatedAt);
        if (span is null)
        {
            return;
        }

        _setId(span, lineage.Span);
        span.SetTag("durabletask.type", "orchestration");
        span.SetTag("durabletask.task.name", instance.Name);
        span.SetTag("durabletask.task.instance_id", instance.Id);
        span.SetTag("durabletask.task.status", status.ToString());
        if (status != OrchestrationRuntimeStatus.Completed)
        {
            span.SetStatus(ActivityStatusCode.Error, failure?.ErrorMessage);
        }

        span.SetEndTime(now.UtcDateTime);

        // Not in a finally: a span that got no id of ours would be sent with one that its steps do not know.
        span.Dispose();
    }

    /// <summary>
    /// The border to whatever listens, and to the runtime's fields. Within it is nothing but the drawing, so that no other fault is hidden; of that
    /// any may come, since listeners are code of others.
    /// </summary>
    /// <returns>Whether it went well. If not, <paramref name="before"/> is the present span, and nothing is drawn from now on.</returns>
    private bool Try(Activity? before, Action draw)
    {
        try
        {
            draw();
            return true;
        }
        catch (Exception fault)
        {
            Activity.Current = before;
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
            {
                logger.LogWarning(
                    fault,
                    "The spans of orchestrations are left out until the next start, since tracing failed: {FaultType}: {Fault} The orchestrations go on.",
                    fault.GetType().Name,
                    fault.Message);
            }

            return false;
        }
    }

    private sealed class Place(OrchestrationTraces traces, Activity place, Activity? before) : IDisposable
    {
        public void Dispose() => traces.Try(before, place.Dispose);
    }
}
