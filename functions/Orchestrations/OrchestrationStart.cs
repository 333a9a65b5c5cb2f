using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Functions.Orchestrations;

/// <summary>Starts orchestrations that are to run once under their id.</summary>
internal static class OrchestrationStart
{
    // One that exists is never replaced, whatever has become of it.
    private static readonly string[] AnyStatus =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
        nameof(OrchestrationRuntimeStatus.Completed),
        nameof(OrchestrationRuntimeStatus.Failed),
        nameof(OrchestrationRuntimeStatus.Terminated),
    ];

    /// <summary>Schedules an orchestration unless there is one of its id.</summary>
    /// <returns>Whether this call has scheduled it.</returns>
    public static async Task<bool> TryStartOnceAsync(
        this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(instanceId, cancellationToken) is not null)
        {
            return false;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions(InstanceId: instanceId) { DedupeStatuses = AnyStatus }, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Another request may have been faster, and backends differ in how they say so: what counts is that it is there.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is null)
            {
                throw;
            }

            return false;
        }
    }
}
