using System.Diagnostics;

namespace PelNas.Local.Engine.Dispatch;

/// <summary>Orchestrators that wait, the last at work at the end. Each beyond the most is replayed for its next turn.</summary>
internal sealed class KeptOrchestrators
{
    private const int Most = 200;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<long, OrchestrationItem> _items = [];

    /// <summary>Takes the one of an instance out, or null.</summary>
    public OrchestrationItem? Take(long instance)
    {
        lock (_lock)
        {
            _items.Remove(instance, out OrchestrationItem? item);
            return item;
        }
    }

    public void Add(OrchestrationItem item)
    {
        // What has been played is only of use to spans, and the engine looks through all of it at each result. The first two are the start.
        OrchestrationRuntimeState state = item.OrchestrationRuntimeState;
        if (Activity.Current is null)
        {
            state.PastEvents.Clear();
            ((List<HistoryEvent>)state.Events).RemoveRange(2, state.Events.Count - 2);
        }

        lock (_lock)
        {
            _items.Add(item.Instance, item);
            if (_items.Count > Most)
            {
                _items.RemoveAt(0);
            }
        }
    }
}
