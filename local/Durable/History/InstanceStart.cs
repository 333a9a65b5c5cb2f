using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>Starting and removing instances within a transaction.</summary>
internal static class InstanceStart
{
    /// <summary>The statuses in which an instance keeps its id to itself unless the caller says otherwise.</summary>
    public static readonly IReadOnlySet<OrchestrationRuntimeStatus> NotEnded = new HashSet<OrchestrationRuntimeStatus>
    {
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    };

    /// <summary>Records a new instance. One of the same id is replaced, unless its status is among <paramref name="refused"/>.</summary>
    /// <returns>The status of the instance that is in the way; null when the new one was recorded.</returns>
    public static OrchestrationRuntimeStatus? Start(
        HistoryTransaction transaction, NewInstance instance, IReadOnlySet<OrchestrationRuntimeStatus> refused, DateTimeOffset now)
    {
        if (InstanceTable.Find(transaction.Connection, instance.Id) is InstanceRow old)
        {
            if (refused.Contains(old.Status))
            {
                return old.Status;
            }

            if (!old.HasEnded)
            {
                TellParent(transaction, old, Terminated(old), now);
            }

            Remove(transaction, old.Id);
        }

        InstanceTable.Insert(transaction, instance, Guid.NewGuid().ToString("N"), now);
        if (instance.StartAt > now)
        {
            TimerTable.Add(transaction, instance.Id, HistoryEvent.NoTask, instance.StartAt.Value);
        }
        else
        {
            MessageTable.Add(transaction, instance.Id, Started(instance.Name, instance.Input, now));
        }

        return null;
    }

    /// <summary>The message that sets a run going.</summary>
    public static HistoryEvent Started(string name, string? input, DateTimeOffset now) =>
        new(HistoryEventKind.ExecutionStarted, now) { Name = name, Payload = input };

    /// <summary>The end of a terminated instance.</summary>
    public static HistoryEvent Terminated(InstanceRow instance, string? output = null) => new(HistoryEventKind.ExecutionTerminated, default)
    {
        Payload = output,
        Failure = new TaskFailureDetails(
            "OrchestrationTerminated", $"The orchestration instance '{instance.Id}' was terminated.", null, null, null),
    };

    /// <summary>Tells the parent, if the call is still open, what its sub-orchestration came to.</summary>
    public static void TellParent(HistoryTransaction transaction, InstanceRow child, HistoryEvent result, DateTimeOffset now)
    {
        if (child.Parent is ParentCall call
            && InstanceTable.Find(transaction.Connection, call.InstanceId) is { HasEnded: false } parent
            && parent.ExecutionId == call.ExecutionId)
        {
            HistoryEventKind kind = result.Failure is null ? HistoryEventKind.SubOrchestrationCompleted : HistoryEventKind.SubOrchestrationFailed;
            MessageTable.Add(transaction, parent.Id, result with { Kind = kind, Timestamp = now, TaskId = call.TaskId });
        }
    }

    /// <summary>Removes all traces of an instance.</summary>
    public static void Remove(HistoryTransaction transaction, string id)
    {
        HistoryTable.Delete(transaction.Connection, id);
        MessageTable.Delete(transaction.Connection, id);
        ActivityTable.Delete(transaction.Connection, id);
        TimerTable.Delete(transaction.Connection, id);
        InstanceTable.Delete(transaction, id);
    }

    /// <summary>The failure a parent sees when its sub-orchestration's id is taken.</summary>
    public static TaskFailureDetails Refusal(string id, OrchestrationRuntimeStatus status) =>
        TaskFailureDetails.FromException(new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(RefusalMessage(id, status)));

    /// <summary>Why an instance cannot be started.</summary>
    public static string RefusalMessage(string id, OrchestrationRuntimeStatus status) =>
        $"An orchestration instance with the id '{id}' exists and is {status}. Wait for its end, terminate it, or use another id.";
}
