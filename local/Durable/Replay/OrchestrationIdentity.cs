using Microsoft.DurableTask;

namespace PelNas.Local.Durable.Replay;

/// <summary>Which orchestration a run belongs to.</summary>
/// <param name="InstanceId">The instance id.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Parent">The orchestration that started it; null when a client did.</param>
internal sealed record OrchestrationIdentity(string InstanceId, string Name, ParentOrchestrationInstance? Parent);
