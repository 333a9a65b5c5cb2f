using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Durable.History;

/// <summary>An instance as the engine needs it.</summary>
/// <param name="Id">The instance id.</param>
/// <param name="ExecutionId">The present run.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Parent">The call it answers; null when a client started it.</param>
internal sealed record InstanceRow(string Id, string ExecutionId, string Name, OrchestrationRuntimeStatus Status, ParentCall? Parent)
{
    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The caller's span as a W3C traceparent; null without a caller, and where a program that did not keep it made the instance.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether it will not run any more.</summary>
    public bool HasEnded => Status.HasEnded();

    public OrchestrationIdentity Identity => new(Id, Name, Parent is null ? null : new ParentOrchestrationInstance(Parent.Name, Parent.InstanceId));
}

/// <summary>The call that a sub-orchestration answers.</summary>
/// <param name="InstanceId">The calling instance.</param>
/// <param name="Name">The caller's name.</param>
/// <param name="ExecutionId">The run of it that called.</param>
/// <param name="TaskId">The number of the call in that run.</param>
internal sealed record ParentCall(string InstanceId, string Name, string ExecutionId, int TaskId);
