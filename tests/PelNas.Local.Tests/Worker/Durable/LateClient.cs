using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Tests.Durable;

namespace PelNas.Local.Tests.Worker.Durable;

/// <summary>A client that ends, and perhaps purges, an instance just after it has shown it alive.</summary>
internal sealed class LateClient(DurableTaskClient inner, bool purges) : DurableTaskClient(inner.Name)
{
    /// <summary>The instance that ends once it has been looked at.</summary>
    public string? EndsAfterTheNextLook { get; set; }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var seen = await inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
        if (EndsAfterTheNextLook == instanceId)
        {
            EndsAfterTheNextLook = null;
            await inner.TerminateInstanceAsync(instanceId, cancellation);
            await Awaiting.For(inner.WaitForInstanceCompletionAsync(instanceId, cancellation), $"the end of {instanceId}");
            if (purges)
            {
                await inner.PurgeInstanceAsync(instanceId, cancellation);
            }
        }

        return seen;
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

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        inner.TerminateInstanceAsync(instanceId, options, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        inner.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        inner.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => inner.GetAllInstancesAsync(filter);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
