namespace PelNas.Functions.Tests.Support;

/// <summary>A client whose calls to suspend and terminate come a moment too late: somebody else has just done the same.</summary>
/// <param name="inner">The client of the app.</param>
/// <param name="until">Waits until an instance has a status.</param>
internal sealed class OvertakenClient(DurableTaskClient inner, Func<string, OrchestrationRuntimeStatus, Task> until) : PassingClient(inner)
{
    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await Inner.TerminateInstanceAsync(instanceId, options, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Terminated);
        await Inner.TerminateInstanceAsync(instanceId, options, cancellation);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await Inner.SuspendInstanceAsync(instanceId, reason, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Suspended);
        await Inner.SuspendInstanceAsync(instanceId, reason, cancellation);
    }

    /// <summary>Ends the instance before it is asked to resume.</summary>
    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await Inner.TerminateInstanceAsync(instanceId, cancellation);
        await until(instanceId, OrchestrationRuntimeStatus.Terminated);
        await Inner.ResumeInstanceAsync(instanceId, reason, cancellation);
    }
}
