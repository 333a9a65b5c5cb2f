using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>Starts orchestrations of which there is to be one under an id.</summary>
internal static class OrchestrationStart
{
    private static readonly string[] Alive =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    // One that exists is never replaced, whatever has become of it.
    private static readonly string[] AnyStatus =
    [
        .. Alive,
        nameof(OrchestrationRuntimeStatus.Completed),
        nameof(OrchestrationRuntimeStatus.Failed),
        nameof(OrchestrationRuntimeStatus.Terminated),
    ];

    /// <summary>Schedules an orchestration unless there is one of its id.</summary>
    /// <returns>Whether this call has scheduled it.</returns>
    public static Task<bool> TryStartOnceAsync(
        this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
        => TryStartAsync(client, orchestrator, instanceId, input, AnyStatus, instance => instance is not null, cancellationToken);

    /// <summary>Schedules an orchestration unless one of its id is alive. One that has ended makes room.</summary>
    /// <returns>Whether this call has scheduled it.</returns>
    public static Task<bool> TryStartUnlessAliveAsync(
        this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
        => TryStartAsync(client, orchestrator, instanceId, input, Alive, instance => instance is { IsCompleted: false }, cancellationToken);

    private static async Task<bool> TryStartAsync(
        DurableTaskClient client,
        string orchestrator,
        string instanceId,
        object input,
        string[] kept,
        Func<OrchestrationMetadata?, bool> isInTheWay,
        CancellationToken cancellationToken)
    {
        if (isInTheWay(await client.GetInstanceAsync(instanceId, cancellationToken)))
        {
            return false;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions(InstanceId: instanceId) { DedupeStatuses = kept }, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Another request may have been faster, and backends differ in how they say so: what counts is that it is there.
            if (!isInTheWay(await client.GetInstanceAsync(instanceId, cancellationToken)))
            {
                throw;
            }

            return false;
        }
    }
}
