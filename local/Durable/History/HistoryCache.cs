namespace PelNas.Local.Durable.History;

/// <summary>
/// The histories of instances that are under way, so that a run need not read its history again. Those of ended instances are dropped,
/// and all when there are too many. Safe for use by many threads.
/// </summary>
internal sealed class HistoryCache
{
    private const int MaxInstances = 100;

    private readonly Dictionary<string, (string ExecutionId, IReadOnlyList<HistoryEvent> Events)> _histories = [];
    private readonly Lock _gate = new();

    /// <summary>The number of histories held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _histories.Count;
            }
        }
    }

    /// <summary>The history of a run of an instance; null when it is not held.</summary>
    public IReadOnlyList<HistoryEvent>? Find(string instanceId, string executionId)
    {
        lock (_gate)
        {
            return _histories.TryGetValue(instanceId, out (string ExecutionId, IReadOnlyList<HistoryEvent> Events) held) && held.ExecutionId == executionId
                ? held.Events
                : null;
        }
    }

    /// <summary>Holds the history of a run that goes on.</summary>
    public void Keep(string instanceId, string executionId, IReadOnlyList<HistoryEvent> events)
    {
        lock (_gate)
        {
            if (_histories.Count >= MaxInstances && !_histories.ContainsKey(instanceId))
            {
                _histories.Clear();
            }

            _histories[instanceId] = (executionId, events);
        }
    }

    public void Drop(string instanceId)
    {
        lock (_gate)
        {
            _histories.Remove(instanceId);
        }
    }
}
