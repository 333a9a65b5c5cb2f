using Microsoft.DurableTask;

namespace PelNas.Local.Durable.History;

/// <summary>One event of an orchestration's history; on its way to it, a message.</summary>
/// <param name="Kind">What the event says, and so which of the other values it has.</param>
/// <param name="Timestamp">When it was made, in UTC.</param>
public sealed record HistoryEvent(HistoryEventKind Kind, DateTimeOffset Timestamp)
{
    /// <summary>The task id of an event that is not about a task.</summary>
    public const int NoTask = -1;

    /// <summary>The number of the task within its run, counted from 0 in the order in which the code asked for them.</summary>
    public int TaskId { get; init; } = NoTask;

    /// <summary>The name of the function or external event.</summary>
    public string? Name { get; init; }

    /// <summary>The id of the other instance: the sub-orchestration, or the receiver of an event.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Input, output, event payload or reason, as JSON.</summary>
    public string? Payload { get; init; }

    /// <summary>The error of a failed task or orchestration.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Whether no retry can help against the failure.</summary>
    public bool IsNonRetriable { get; init; }

    /// <summary>When a timer is due, in UTC.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>The event in a few words, for messages to people.</summary>
    public override string ToString()
    {
        string task = TaskId == NoTask ? string.Empty : $" #{TaskId}";
        string name = Name is null ? string.Empty : $" '{Name}'";
        string instance = InstanceId is null ? string.Empty : $" to instance '{InstanceId}'";
        string time = FireAt is null ? string.Empty : $" for {FireAt:O}";
        return Kind + task + name + instance + time;
    }
}
