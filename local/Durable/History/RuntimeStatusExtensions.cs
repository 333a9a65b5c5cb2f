using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>Facts about runtime statuses.</summary>
internal static class RuntimeStatusExtensions
{
    /// <summary>The statuses of instances that will not run any more, as an SQL list.</summary>
    public const string EndedSql = "('Completed', 'Failed', 'Terminated')";

    /// <summary>Whether an instance of this status will not run any more.</summary>
    public static bool HasEnded(this OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
