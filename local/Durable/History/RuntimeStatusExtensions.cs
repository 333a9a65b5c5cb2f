using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>Facts about runtime statuses.</summary>
internal static class RuntimeStatusExtensions
{
    /// <summary>The statuses of instances that will not run any more, as an SQL list.</summary>
    public const string EndedSql = "('Completed', 'Failed', 'Terminated')";

    private static readonly Dictionary<string, OrchestrationRuntimeStatus> ByName =
        Enum.GetValues<OrchestrationRuntimeStatus>().ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a status by its name, case aside. Unlike <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/> it takes neither numbers nor lists.</summary>
    public static bool TryRead(string text, out OrchestrationRuntimeStatus status) => ByName.TryGetValue(text, out status);

    /// <summary>Whether an instance of this status will not run any more.</summary>
    public static bool HasEnded(this OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
