namespace PelNas.Tests.Durable;

/// <summary>
/// Remembers the events of all commits to the history, lets tests wait for one, and can stop the engine at one as a kill would.
/// </summary>
internal sealed class CommitLog : IHistoryObserver
{
    private readonly List<(string InstanceId, HistoryEvent Event)> _events = [];
    private readonly List<(Func<string, HistoryEvent, bool> Wanted, TaskCompletionSource Seen)> _waiting = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done after the next commit from now.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public long Commits { get; private set; }

    /// <summary>The commit at which the engine stops; null for none.</summary>
    public long? StopAt { get; init; }

    /// <summary>Whether it stops before that commit, which is undone, rather than after it.</summary>
    public bool StopsBefore { get; init; }

    public bool HasStopped { get; private set; }

    public IReadOnlyList<(string InstanceId, HistoryEvent Event)> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public void OnCommitting(HistoryCommit commit) => StopIf(StopsBefore, commit);

    public void OnCommitted(HistoryCommit commit)
    {
        lock (_gate)
        {
            Commits = commit.Number;
            foreach (HistoryEvent e in commit.Events)
            {
                _events.Add((commit.InstanceId!, e));
                foreach ((_, TaskCompletionSource seen) in _waiting.Where(w => w.Wanted(commit.InstanceId!, e)))
                {
                    seen.TrySetResult();
                }
            }
        }

        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        StopIf(!StopsBefore, commit);
    }

    /// <summary>Waits until an instance's history has an event of a kind, at least so many times.</summary>
    public async Task WaitForAsync(string instanceId, EventType kind, int times = 1)
    {
        int seen = 0;
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool IsWanted(string id, HistoryEvent e) => id == instanceId && e.EventType == kind && ++seen == times;
        lock (_gate)
        {
            if (_events.Any(e => IsWanted(e.InstanceId, e.Event)))
            {
                return;
            }

            _waiting.Add((IsWanted, source));
        }

        await Awaiting.For(source.Task, $"{kind} (x{times}) of '{instanceId}'");
    }

    private void StopIf(bool here, HistoryCommit commit)
    {
        if (here && commit.Number == StopAt)
        {
            HasStopped = true;
            throw new StoppedException();
        }
    }

    internal sealed class StoppedException() : Exception("The test stops the engine here.");
}
