using DurableTask.Core.Exceptions;
using PelNas.Local.Engine.Dispatch;

namespace PelNas.Local.Engine.History;

/// <summary>
/// A change to instances, within a transaction, and what is to be told of it once it is committed. Keys of new rows, of any table, are
/// ones that this process has never used before.
/// </summary>
internal sealed class InstanceChanges(HistoryConnection connection, Func<long> nextKey, DateTime now)
{
    public HistoryConnection Connection => connection;

    /// <summary>The instance whose history grows, null when none does; and the events that it grows by.</summary>
    public string? InstanceId { get; private set; }

    public IReadOnlyList<HistoryEvent> Events { get; private set; } = [];

    /// <summary>The keys of instances that have new messages, and from when on those count.</summary>
    public List<(long Instance, DateTime VisibleAt)> Messages { get; } = [];

    /// <summary>The rows of new activities.</summary>
    public List<long> Activities { get; } = [];

    /// <summary>The ids of instances that have changed.</summary>
    public List<string> ChangedInstances { get; } = [];

    /// <summary>Why an instance cannot be started.</summary>
    public static string RefusalMessage(string id, OrchestrationStatus status) =>
        $"An orchestration instance with the id '{id}' exists and is {status}. Wait for its end, terminate it, or use another id.";

    /// <summary>The failure that a parent sees when its sub-orchestration was terminated.</summary>
    public static FailureDetails Terminated(string id) =>
        new("OrchestrationTerminated", $"The orchestration instance '{id}' was terminated.", null, null, isNonRetriable: false);

    /// <summary>Starts an instance. One of the same id is replaced, unless its status is among <paramref name="refused"/>.</summary>
    /// <returns>The status of the instance that is in the way; null when there is none.</returns>
    public OrchestrationStatus? Start(OutgoingMessage start, IReadOnlyCollection<OrchestrationStatus> refused)
    {
        ExecutionStartedEvent started = (ExecutionStartedEvent)start.Message.Event;
        OrchestrationInstance instance = start.Message.OrchestrationInstance;
        if (InstanceTable.Find(connection, instance.InstanceId) is { } old)
        {
            if (refused.Contains(old.Status))
            {
                return old.Status;
            }

            Remove(old);
            if (!old.Status.HasEnded())
            {
                TellParent(old.Parent, old.ParentTaskId, Terminated(old.Id));
            }
        }

        long key = nextKey();
        ParentInstance? parent = started.ParentInstance;
        connection.Execute(
            """
            INSERT INTO instances (key, id, execution_id, name, version, status, created_at, updated_at, input, tags,
                parent_id, parent_execution_id, parent_task_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $12)
            """,
            key, instance.InstanceId, instance.ExecutionId, started.Name, started.Version, OrchestrationStatus.Pending, now, started.Input,
            EventJson.Write(started.Tags), parent?.OrchestrationInstance.InstanceId, parent?.OrchestrationInstance.ExecutionId,
            parent?.TaskScheduleId);
        AddMessage(key, start, started.ScheduledStartTime);
        ChangedInstances.Add(instance.InstanceId);
        return null;
    }

    /// <summary>Sends a message to an instance in one of the statuses <paramref name="allowed"/>, in the run that it is for.</summary>
    /// <returns>The instance's status; null when there is no such instance.</returns>
    public OrchestrationStatus? Send(OutgoingMessage outgoing, IReadOnlyCollection<OrchestrationStatus> allowed)
    {
        OrchestrationInstance target = outgoing.Message.OrchestrationInstance;
        InstanceRow? instance = InstanceTable.Find(connection, target.InstanceId);
        if (instance is null || !allowed.Contains(instance.Status) || (target.ExecutionId ?? instance.ExecutionId) != instance.ExecutionId)
        {
            return instance?.Status;
        }

        if (instance.Status != OrchestrationStatus.Pending)
        {
            AddMessage(instance.Key, outgoing);
        }
        else if (outgoing.Message.Event is ExecutionTerminatedEvent terminated)
        {
            // It need not start only to be told so.
            SetState(instance, instance.ExecutionId, OrchestrationStatus.Terminated, terminated.Input, failure: null, customStatus: null);
            TellParent(instance.Parent, instance.ParentTaskId, Terminated(instance.Id));
        }
        else
        {
            // Nothing reaches an instance before its start, which may be set for later.
            object? start = connection.Scalar("SELECT MAX(visible_at) FROM messages WHERE instance = $1", instance.Key);
            AddMessage(instance.Key, outgoing, new DateTime((long)start!, DateTimeKind.Utc));
        }

        return instance.Status;
    }

    /// <summary>Records what an orchestrator's turn came to.</summary>
    /// <returns>Whether its instance goes on. It does not when it has ended, or was removed and the turn counts for nothing.</returns>
    public bool Complete(Turn turn)
    {
        InstanceRow? instance = InstanceTable.Find(connection, turn.Instance);
        bool counts = turn.State is not null && instance?.Status.HasEnded() == false;
        if (counts)
        {
            Record(instance!, turn, turn.State!);
        }

        string taken = $"[{string.Join(',', turn.Taken)}]";
        connection.Execute("DELETE FROM messages WHERE seq IN (SELECT value FROM json_each($1))", taken);
        return counts && !turn.State!.OrchestrationStatus.HasEnded();
    }

    /// <summary>Records an activity's result, unless it has one or its run has ended.</summary>
    /// <returns>Whether it was recorded.</returns>
    public bool CompleteActivity(long seq, OutgoingMessage result)
    {
        object? instance = connection.Scalar("DELETE FROM activities WHERE seq = $1 RETURNING instance", seq);
        if (instance is not null)
        {
            AddMessage((long)instance, result);
        }

        return instance is not null;
    }

    /// <summary>Removes an instance that has ended, and perhaps its sub-orchestrations that have.</summary>
    /// <returns>The number of instances removed.</returns>
    public int Purge(string id, bool recursive)
    {
        if (InstanceTable.Find(connection, id) is not { } instance || !instance.Status.HasEnded())
        {
            return 0;
        }

        List<InstanceRow> children = recursive ? InstanceTable.FindChildren(connection, id) : [];
        Remove(instance);
        return 1 + children.Sum(child => Purge(child.Id, recursive));
    }

    private void Record(InstanceRow instance, Turn turn, OrchestrationState state)
    {
        string run = state.OrchestrationInstance.ExecutionId;
        if (run != instance.ExecutionId)
        {
            connection.Execute("DELETE FROM history WHERE instance = $1", instance.Key);
            connection.Execute("UPDATE instances SET input = $2 WHERE key = $1", instance.Key, state.Input);
        }

        foreach ((long position, EventType type, string json) in turn.Rows)
        {
            connection.Execute("INSERT INTO history VALUES ($1, $2, $3, $4)", instance.Key, position, (long)type, json);
        }

        (InstanceId, Events) = (instance.Id, turn.Events);
        SetState(instance, run, state.OrchestrationStatus, state.Output, state.FailureDetails, state.Status);
        if (!state.OrchestrationStatus.HasEnded())
        {
            foreach (OutgoingMessage activity in turn.Activities)
            {
                Activities.Add(nextKey());
                connection.Execute("INSERT INTO activities VALUES ($1, $2, $3)", Activities[^1], instance.Key, activity.Json);
            }

            // A run that continued as new within the turn may have left timers behind, which nothing waits for.
            foreach (OutgoingMessage timer in turn.Timers.Where(timer => timer.Message.OrchestrationInstance.ExecutionId == run))
            {
                AddMessage(instance.Key, timer, ((TimerFiredEvent)timer.Message.Event).FireAt);
            }
        }

        foreach (OutgoingMessage message in turn.Messages)
        {
            if (message.Message.Event is not ExecutionStartedEvent child)
            {
                Send(message, InstanceTable.NotEnded);
            }
            else if (Start(message, InstanceTable.NotEnded) is { } inTheWay)
            {
                string reason = RefusalMessage(message.Message.OrchestrationInstance.InstanceId, inTheWay);
                FailureDetails failure = new(typeof(OrchestrationAlreadyExistsException).FullName!, reason, null, null, false);
                TellParent(child.ParentInstance.OrchestrationInstance, child.ParentInstance.TaskScheduleId, failure);
            }
        }
    }

    private void TellParent(OrchestrationInstance? parent, int taskId, FailureDetails failure)
    {
        if (parent is not null)
        {
            SubOrchestrationInstanceFailedEvent failed = new(-1, taskId, failure.ErrorMessage, null, failure) { Timestamp = now };
            TaskMessage message = new() { OrchestrationInstance = parent, Event = failed };
            Send(new OutgoingMessage(message, EventJson.Write(failed)!), InstanceTable.NotEnded);
        }
    }

    private void AddMessage(long key, OutgoingMessage outgoing, DateTime? visibleAt = null)
    {
        DateTime from = visibleAt?.ToUniversalTime() ?? DateTime.UnixEpoch;
        TaskMessage message = outgoing.Message;
        connection.Execute(
            "INSERT INTO messages VALUES ($1, $2, $3, $4, $5, $6)",
            nextKey(), key, message.OrchestrationInstance.ExecutionId, from, (long)message.Event.EventType, outgoing.Json);
        Messages.Add((key, from));
    }

    private void SetState(
        InstanceRow instance, string run, OrchestrationStatus status, string? output, FailureDetails? failure, string? customStatus)
    {
        connection.Execute(
            """
            UPDATE instances
            SET execution_id = $2, status = $3, updated_at = $4, output = $5, failure = $6, custom_status = $7 WHERE key = $1
            """,
            instance.Key, run, status, now, failure is null ? output : null, EventJson.Write(failure), customStatus);
        ChangedInstances.Add(instance.Id);
        if (status.HasEnded() || run != instance.ExecutionId)
        {
            // What is still to be done of a run that has ended; what goes for the instance stays for its next run.
            string? ended = status.HasEnded() ? null : instance.ExecutionId;
            connection.Execute("DELETE FROM messages WHERE instance = $1 AND ($2 IS NULL OR execution_id = $2)", instance.Key, ended);
            connection.Execute("DELETE FROM activities WHERE instance = $1", instance.Key);
        }
    }

    private void Remove(InstanceRow instance)
    {
        // And with it its history, messages and activities.
        connection.Execute("DELETE FROM instances WHERE key = $1", instance.Key);
        ChangedInstances.Add(instance.Id);
    }
}
