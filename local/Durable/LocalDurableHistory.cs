using Microsoft.DurableTask;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable;

/// <summary>Reads the histories of orchestrations.</summary>
public sealed class LocalDurableHistory
{
    private readonly HistoryStore _store;

    internal LocalDurableHistory(HistoryStore store) => _store = store;

    /// <summary>The history of an instance's present or last run; null when there is no such instance.</summary>
    public RecordedHistory? Read(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (_store.Read(connection => Episode.Read(connection, instanceId)) is not Episode episode)
        {
            return null;
        }

        ParentOrchestrationInstance? parent = episode.Instance.Identity.Parent;
        return new RecordedHistory(instanceId, episode.Instance.Name, parent?.InstanceId, parent?.Name.Name, episode.Past);
    }
}
