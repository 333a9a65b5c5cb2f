using Microsoft.DurableTask;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>
/// What an orchestrator function has asked for in the present run: the actions its history has not confirmed yet,
/// and the tasks it may be waiting for.
/// </summary>
internal sealed class TaskLedger
{
    private readonly Queue<HistoryEvent> _unconfirmed = new();
    private readonly Dictionary<int, (string Name, TaskCompletionSource<string?> Source)> _open = [];
    private readonly List<int> _cancelledTimers = [];
    private int _nextId;

    /// <summary>Whether a task has been asked for and has not ended.</summary>
    public bool HasOpenTasks => _open.Count > 0;

    /// <summary>Timers that were cancelled at a place no earlier run had reached.</summary>
    public IReadOnlyList<int> CancelledTimers => _cancelledTimers;

    /// <summary>The actions of the present run that are not in the history, in order.</summary>
    public IReadOnlyCollection<HistoryEvent> Unconfirmed => _unconfirmed;

    /// <summary>Notes an action that no result is expected of.</summary>
    public void Add(HistoryEvent action) => _unconfirmed.Enqueue(action with { TaskId = _nextId++ });

    /// <summary>Notes an action and gives the task that its result will end, along with the action's number.</summary>
    public (int Id, Task<string?> Result) AddTask(HistoryEvent action)
    {
        int id = _nextId;
        Add(action);
        TaskCompletionSource<string?> source = new();
        _open.Add(id, (action.Name ?? string.Empty, source));
        return (id, source.Task);
    }

    /// <summary>Ends a timer's task as cancelled.</summary>
    public void CancelTimer(int id, bool isReplaying, CancellationToken token)
    {
        if (_open.Remove(id, out (string Name, TaskCompletionSource<string?> Source) task))
        {
            if (!isReplaying)
            {
                _cancelledTimers.Add(id);
            }

            task.Source.SetCanceled(token);
        }
    }

    /// <summary>Checks an action of the history against the code's.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public void Confirm(HistoryEvent recorded, int position)
    {
        if (!_unconfirmed.TryDequeue(out HistoryEvent? asked))
        {
            throw NonDeterministicOrchestrationException.Differs(position, recorded.ToString(), "nothing more");
        }

        bool same = asked.Kind == recorded.Kind
            && asked.TaskId == recorded.TaskId
            && string.Equals(asked.Name, recorded.Name, StringComparison.OrdinalIgnoreCase)
            && asked.InstanceId == recorded.InstanceId
            && asked.FireAt == recorded.FireAt;
        if (!same)
        {
            throw NonDeterministicOrchestrationException.Differs(position, recorded.ToString(), asked.ToString());
        }

        if (!InputComparison.Same(recorded.Payload, asked.Payload))
        {
            throw NonDeterministicOrchestrationException.Differs(
                position, $"{recorded} with input {Shorten(recorded.Payload)}", $"{asked} with input {Shorten(asked.Payload)}");
        }
    }

    /// <summary>Checks that the code asked for no more than the history has up to here.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It did.</exception>
    public void ConfirmNothingMore(int position)
    {
        if (_unconfirmed.TryPeek(out HistoryEvent? asked))
        {
            throw NonDeterministicOrchestrationException.Differs(position, "no further action before this position", asked.ToString());
        }
    }

    /// <summary>Ends the task that a result of the history is for; one that has ended already (a cancelled timer) is let be.</summary>
    public void Finish(HistoryEvent result)
    {
        if (!_open.Remove(result.TaskId, out (string Name, TaskCompletionSource<string?> Source) task))
        {
            return;
        }

        if (result.Failure is TaskFailureDetails failure)
        {
            task.Source.SetException(new TaskFailedException(task.Name, result.TaskId, failure) { IsNonRetriable = result.IsNonRetriable });
        }
        else
        {
            task.Source.SetResult(result.Payload);
        }
    }

    private static string Shorten(string? payload) => payload switch
    {
        null => "(none)",
        { Length: > 200 } => payload[..200] + "...",
        _ => payload,
    };
}
