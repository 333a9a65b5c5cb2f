using System.Diagnostics;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Tracing;

/// <summary>
/// Where the span of an instance is. All of it follows from the instance's own row, in which its caller's place was written when it was made: those
/// that it descends from may be purged, or replaced under the same ids, while it runs.
/// </summary>
/// <param name="TraceId">The trace of all that descends from the same first one.</param>
/// <param name="Caller">The span of the instance that called it; default without one.</param>
/// <param name="Span">Its own span.</param>
internal sealed record Lineage(ActivityTraceId TraceId, ActivitySpanId Caller, ActivitySpanId Span)
{
    /// <summary>The place that the instance's sub-orchestrations are given: its span, as a W3C traceparent.</summary>
    public string TraceParent => $"00-{TraceId}-{Span}-01";

    /// <summary>That of an instance.</summary>
    public static Lineage Of(InstanceRow instance)
    {
        ActivitySpanId span = SpanIds.SpanOf(instance);
        if (ActivityContext.TryParse(instance.TraceParent, null, out ActivityContext caller))
        {
            return new Lineage(caller.TraceId, caller.SpanId, span);
        }

        // A first one; or one from a history file of version 1, of which the caller's id is known and taken for the first one's.
        return new Lineage(SpanIds.TraceOf(instance.Parent?.InstanceId ?? instance.Id), default, span);
    }
}
