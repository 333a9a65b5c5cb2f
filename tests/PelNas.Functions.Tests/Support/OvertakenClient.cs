using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Functions.Tests.Support;

/// <summary>A client whose calls to suspend and terminate come a moment too late: somebody else has just done the same.</summary>
/// <param name="inner">The client of the app.</param>
/// <param name="until">Waits until an instance has a status.</param>
internal sealed class OvertakenClient(DurableTaskClient inner, Func<string, OrchestrationRuntimeStatus, Task> until) : DurableTaskClient(inner.Name)
{
    public override async Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await inner.TerminateInstanceAsync(instanceId, options, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Terminated);
        await inner.TerminateInstanceAsync(instanceId, options, cancellation);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await inner.SuspendInstanceAsync(instanceId, reason, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Suspended);
        await inner.SuspendInstanceAsync(instanceId, reason, cancellation);
    }

    /// <summary>Ends the instance before it is asked to resume.</summary>
    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await inner.TerminateInstanceAsync(instanceId, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Terminated);
        await inner.ResumeInstanceAsync(instanceId, reason, cancellation);
    }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        inner.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        inner.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => inner.GetAllInstancesAsync(filter);

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        inner.PurgeInstanceAsync(instanceId, options, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
