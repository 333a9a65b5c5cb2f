using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>An instance at the beginning of a run: where it stands, what has been, and what has happened since.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Past">Its history.</param>
/// <param name="Messages">What is not part of the history yet.</param>
internal sealed record Episode(InstanceRow Instance, IReadOnlyList<HistoryEvent> Past, IReadOnlyList<(long Seq, HistoryEvent Event)> Messages)
{
    public static Episode? Read(HistoryConnection connection, string instanceId, HistoryCache? cache = null) =>
        InstanceTable.Find(connection, instanceId) is InstanceRow instance
            ? new Episode(
                instance, cache?.Find(instanceId, instance.ExecutionId) ?? HistoryTable.Read(connection, instanceId), MessageTable.Read(connection, instanceId))
            : null;
}
