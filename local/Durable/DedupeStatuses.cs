using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable;

/// <summary>Reads <see cref="StartOrchestrationOptions.DedupeStatuses"/>.</summary>
internal static class DedupeStatuses
{
    /// <summary>The statuses in which an existing instance makes a start fail.</summary>
    /// <exception cref="ArgumentException">
    /// A name is not that of a status, or Terminated is refused while an instance that has not ended is to be replaced, which would terminate it first.
    /// </exception>
    public static IReadOnlySet<OrchestrationRuntimeStatus> Read(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return InstanceStart.NotEnded;
        }

        HashSet<OrchestrationRuntimeStatus> refused = [];
        foreach (string name in names)
        {
            if (!RuntimeStatusExtensions.TryRead(name, out OrchestrationRuntimeStatus status))
            {
                throw new ArgumentException($"'{name}' is not an orchestration runtime status to deduplicate by.", nameof(names));
            }

            refused.Add(status);
        }

        if (refused.Contains(OrchestrationRuntimeStatus.Terminated) && !refused.IsSupersetOf(InstanceStart.NotEnded))
        {
            throw new ArgumentException(
                "Terminated cannot be deduplicated by while an instance that has not ended may be replaced, because that terminates it first.", nameof(names));
        }

        return refused;
    }
}
