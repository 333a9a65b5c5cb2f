namespace PelNas.Shared.Llm.Budget;

/// <summary>The calls of this process under way, by run, so that one that finds no room can wait for another to be settled.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pending> _runs = [];
    private long _changes;

    /// <summary>The state now: a number that changes with it, and the next settlement of the run, or null when it has no call under way.</summary>
    public (long Changes, Task? NextSettlement) Of(string runId)
    {
        lock (_gate)
        {
            return (_changes, _runs.TryGetValue(runId, out Pending? pending) ? pending.Settled.Task : null);
        }
    }

    /// <summary>A call of the run begins.</summary>
    public void Add(string runId)
    {
        lock (_gate)
        {
            _changes++;
            (_runs.TryGetValue(runId, out Pending? pending) ? pending : _runs[runId] = new Pending()).Count++;
        }
    }

    /// <summary>A call of the run has been settled, or was not made after all.</summary>
    public void Remove(string runId)
    {
        lock (_gate)
        {
            _changes++;
            Pending pending = _runs[runId];
            pending.Settled.SetResult();
            pending.Settled = NewSignal();
            if (--pending.Count == 0)
            {
                _runs.Remove(runId);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Pending
    {
        public int Count { get; set; }

        public TaskCompletionSource Settled { get; set; } = NewSignal();
    }
}
