using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// Starts orchestrations of which there is to be one under an id, tells them something and ends them. Another request may be faster, and
/// backends differ in how they say so: after a refusal what counts is how the instance stands now.
/// </summary>
internal static class OrchestrationClient
{
    private static readonly string[] Alive =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    private static readonly string[] AnyStatus =
    [
        .. Alive,
        nameof(OrchestrationRuntimeStatus.Completed),
        nameof(OrchestrationRuntimeStatus.Failed),
        nameof(OrchestrationRuntimeStatus.Terminated),
    ];

    /// <summary>Schedules a search unless there is one of its id, whatever has become of it.</summary>
    public static Task StartSearchOnceAsync(
        this DurableTaskClient client, string runId, SearchInput input, CancellationToken cancellationToken)
        => TryStartAsync(client, nameof(SearchOrchestrator), runId, input, mayReplace: false, cancellationToken);

    /// <summary>Schedules a search again under its id once it has ended; while it is alive, nothing happens.</summary>
    public static Task RestartSearchAsync(
        this DurableTaskClient client, string runId, SearchInput input, CancellationToken cancellationToken)
        => TryStartAsync(client, nameof(SearchOrchestrator), runId, input, mayReplace: true, cancellationToken);

    /// <summary>Schedules the active sweep unless one is alive. One that has ended makes room.</summary>
    /// <returns>Whether this call has scheduled it.</returns>
    public static Task<bool> TryStartSweepAsync(
        this DurableTaskClient client, ActiveSweepInput input, CancellationToken cancellationToken)
        => TryStartAsync(
            client, nameof(ActiveSweepOrchestrator), ActiveSweepOrchestrator.InstanceId, input, mayReplace: true, cancellationToken);

    /// <summary>Asks for the end of an orchestration, if it is alive.</summary>
    public static Task EndAsync(
        this DurableTaskClient client, string instanceId, TerminateInstanceOptions options, CancellationToken cancellationToken)
        => WhileAliveAsync(
            client, instanceId, () => client.TerminateInstanceAsync(instanceId, options, cancellationToken), cancellationToken);

    /// <summary>Tells a search that a label was told, if it is alive. If not, it finds the label in the store when it is resumed.</summary>
    public static Task TellAsync(this DurableTaskClient client, string runId, int index, CancellationToken cancellationToken)
        => WhileAliveAsync(
            client, runId, () => client.RaiseEventAsync(runId, LabelGathering.LabelTold, index, cancellationToken), cancellationToken);

    private static async Task WhileAliveAsync(
        DurableTaskClient client, string instanceId, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
            {
                throw;
            }
        }
    }

    private static async Task<bool> TryStartAsync(
        DurableTaskClient client, string orchestrator, string instanceId, object input, bool mayReplace,
        CancellationToken cancellationToken)
    {
        if (await IsInTheWayAsync())
        {
            return false;
        }

        StartOrchestrationOptions options = new(InstanceId: instanceId) { DedupeStatuses = mayReplace ? Alive : AnyStatus };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!await IsInTheWayAsync())
            {
                throw;
            }

            return false;
        }

        async Task<bool> IsInTheWayAsync()
            => await client.GetInstanceAsync(instanceId, cancellationToken) is { } instance && !(mayReplace && instance.IsCompleted);
    }
}
