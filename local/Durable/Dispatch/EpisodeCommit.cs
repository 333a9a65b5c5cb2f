using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Replay;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>
/// Records a run of an orchestrator in one transaction: its messages become history, what it asked for becomes work,
/// and the instance and its parent learn of its end.
/// </summary>
internal sealed class EpisodeCommit(HistoryTransaction transaction, Episode episode, MessageSelection selection, DateTimeOffset now)
{
    private readonly InstanceRow _instance = episode.Instance;

    /// <summary>What the instance came to, when this ended it: the status and the failure.</summary>
    public (OrchestrationRuntimeStatus Status, TaskFailureDetails? Failure)? Ended { get; private set; }

    /// <summary>Records a run that came to <paramref name="outcome"/>, having begun with the events <paramref name="fresh"/>.</summary>
    /// <returns>The history if the run goes on; null when it has ended, or counts for nothing because the instance was replaced or removed meanwhile.</returns>
    public IReadOnlyList<HistoryEvent>? Apply(IReadOnlyList<HistoryEvent> fresh, RunOutcome outcome)
    {
        if (InstanceTable.Find(transaction.Connection, _instance.Id)?.ExecutionId != _instance.ExecutionId)
        {
            return null;
        }

        foreach ((long seq, _) in selection.Taken)
        {
            MessageTable.Remove(transaction.Connection, seq);
        }

        if (outcome.HasCustomStatus)
        {
            InstanceTable.SetCustomStatus(transaction.Connection, _instance.Id, outcome.CustomStatus);
        }

        IReadOnlyList<HistoryEvent>? history = null;
        List<HistoryEvent> events = [.. fresh, .. outcome.Actions];
        if (outcome.ContinuesAsNew)
        {
            ContinueAsNew(events, outcome);
        }
        else if (outcome.IsCompleted)
        {
            events.Add(new HistoryEvent(HistoryEventKind.ExecutionCompleted, now) { Payload = outcome.Output, Failure = outcome.Failure, IsNonRetriable = outcome.IsNonRetriable });
            HistoryTable.Append(transaction, _instance.Id, episode.Past.Count, events);
            End(outcome.Failure is null ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, events[^1]);
        }
        else if (selection.End is HistoryEvent end)
        {
            EndFromOutside(events, end);
        }
        else
        {
            HistoryTable.Append(transaction, _instance.Id, episode.Past.Count, events);
            history = [.. episode.Past, .. events];
            bool hasStarted = history.Any(e => e.Kind == HistoryEventKind.ExecutionStarted);
            SetStatus(selection.IsSuspended ? OrchestrationRuntimeStatus.Suspended
                : hasStarted ? OrchestrationRuntimeStatus.Running
                : OrchestrationRuntimeStatus.Pending);
        }

        AddWork(outcome);
        return history;
    }

    private void ContinueAsNew(List<HistoryEvent> events, RunOutcome outcome)
    {
        // The history begins anew, so what this run added to it is told to observers only.
        transaction.InstanceId = _instance.Id;
        transaction.Events.AddRange(events);
        long last = MessageTable.LastSeq(transaction.Connection, _instance.Id);
        HistoryTable.Delete(transaction.Connection, _instance.Id);
        TimerTable.Delete(transaction.Connection, _instance.Id);
        MessageTable.Add(transaction, _instance.Id, InstanceStart.Started(_instance.Name, outcome.Output, now));
        foreach (HistoryEvent carried in outcome.CarriedEvents)
        {
            MessageTable.Add(transaction, _instance.Id, carried);
        }

        MessageTable.MoveBehind(transaction.Connection, _instance.Id, last);
        InstanceTable.SetNextRun(transaction.Connection, _instance.Id, Guid.NewGuid().ToString("N"), outcome.Output);
        SetStatus(selection.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running);
    }

    private void EndFromOutside(List<HistoryEvent> events, HistoryEvent end)
    {
        HistoryTable.Append(transaction, _instance.Id, episode.Past.Count, events);
        if (end.Kind == HistoryEventKind.ExecutionFaulted)
        {
            End(OrchestrationRuntimeStatus.Failed, end);
            return;
        }

        // Calls that wait in the queue are dropped; one that is running runs on, and its result counts for nothing.
        ActivityTable.Delete(transaction.Connection, _instance.Id);
        End(OrchestrationRuntimeStatus.Terminated, InstanceStart.Terminated(_instance, end.Payload));
    }

    private void End(OrchestrationRuntimeStatus status, HistoryEvent result)
    {
        bool failed = status == OrchestrationRuntimeStatus.Failed;
        InstanceTable.SetResult(transaction.Connection, _instance.Id, result.Payload, failed ? EventRow.WriteFailure(result.Failure) : null);
        MessageTable.Delete(transaction.Connection, _instance.Id);
        TimerTable.Delete(transaction.Connection, _instance.Id);
        SetStatus(status);
        Ended = (status, result.Failure);
        InstanceStart.TellParent(transaction, _instance, result with { Name = null, InstanceId = _instance.Id }, now);
    }

    private void AddWork(RunOutcome outcome)
    {
        bool goesOn = !outcome.IsCompleted && !outcome.ContinuesAsNew && selection.End is null;
        foreach (HistoryEvent action in outcome.Actions)
        {
            switch (action.Kind)
            {
                case HistoryEventKind.TaskScheduled:
                    ActivityTable.Add(transaction, _instance.Id, _instance.ExecutionId, action);
                    break;
                case HistoryEventKind.SubOrchestrationCreated:
                    StartChild(action);
                    break;
                case HistoryEventKind.EventSent:
                    Send(action);
                    break;
                case HistoryEventKind.TimerCreated when goesOn && !outcome.CancelledTimers.Contains(action.TaskId):
                    TimerTable.Add(transaction, _instance.Id, action.TaskId, action.FireAt!.Value);
                    break;
                default:
                    break;
            }
        }

        foreach (int timer in outcome.CancelledTimers)
        {
            TimerTable.Remove(transaction.Connection, _instance.Id, timer);
        }
    }

    private void StartChild(HistoryEvent action)
    {
        NewInstance child = new(action.InstanceId!, action.Name!, action.Payload)
        {
            Parent = new ParentCall(_instance.Id, _instance.Name, _instance.ExecutionId, action.TaskId),
            TraceParent = Lineage.Of(_instance).TraceParent,
        };
        if (InstanceStart.Start(transaction, child, InstanceStart.NotEnded, now) is OrchestrationRuntimeStatus inTheWay)
        {
            HistoryEvent refusal = new(HistoryEventKind.SubOrchestrationFailed, now)
            {
                TaskId = action.TaskId,
                Failure = InstanceStart.Refusal(child.Id, inTheWay),
            };
            MessageTable.Add(transaction, _instance.Id, refusal);
        }
    }

    private void Send(HistoryEvent action)
    {
        if (InstanceTable.Find(transaction.Connection, action.InstanceId!) is { HasEnded: false })
        {
            MessageTable.Add(transaction, action.InstanceId!, new HistoryEvent(HistoryEventKind.EventRaised, now) { Name = action.Name, Payload = action.Payload });
        }
    }

    private void SetStatus(OrchestrationRuntimeStatus status) => InstanceTable.SetStatus(transaction, _instance.Id, status, now);
}
