using System.Diagnostics;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Tracing;

/// <summary>Where an instance comes from.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Parent">The one that called it, or null.</param>
/// <param name="TraceId">The trace of all that descends from the same first one.</param>
internal sealed record Lineage(InstanceRow Instance, InstanceRow? Parent, ActivityTraceId TraceId)
{
    /// <summary>That of an instance, or null when there is none of the id.</summary>
    public static Lineage? Of(HistoryConnection connection, string instanceId)
    {
        if (InstanceTable.Find(connection, instanceId) is not { } instance)
        {
            return null;
        }

        InstanceRow? parent = ParentOf(connection, instance);
        InstanceRow root = instance;
        for (InstanceRow? above = parent; above is not null; above = ParentOf(connection, above))
        {
            root = above;
        }

        return new Lineage(instance, parent, SpanIds.TraceOf(root.Id));
    }

    private static InstanceRow? ParentOf(HistoryConnection connection, InstanceRow instance)
        => instance.Parent is { } call ? InstanceTable.Find(connection, call.InstanceId) : null;
}
