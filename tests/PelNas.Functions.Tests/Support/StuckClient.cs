using Microsoft.DurableTask.Client;
using PelNas.Tests.Durable;

namespace PelNas.Functions.Tests.Support;

/// <summary>A client one of whose calls does not return until it is cancelled, and throws then what a broken connection does, as gRPC's status exception is no cancellation.</summary>
/// <param name="inner">The client of the app.</param>
/// <param name="call">Name of the method.</param>
internal sealed class StuckClient(DurableTaskClient inner, string call) : PassingClient(inner)
{
    private readonly TaskCompletionSource _isStuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call was made.</summary>
    public Task IsStuck => _isStuck.Task;

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await PassAsync(nameof(GetInstancesAsync), cancellation);
        return await Inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    public override async Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await PassAsync(nameof(TerminateInstanceAsync), cancellation);
        await Inner.TerminateInstanceAsync(instanceId, options, cancellation);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await PassAsync(nameof(WaitForInstanceCompletionAsync), cancellation);
        return await Inner.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    private async Task PassAsync(string method, CancellationToken cancellation)
    {
        if (method != call)
        {
            return;
        }

        _isStuck.TrySetResult();
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellation.Register(cancelled.SetResult);
        await cancelled.Task;
        throw new IOException("Status(StatusCode=\"Cancelled\", Detail=\"Call canceled by the client.\")");
    }
}
