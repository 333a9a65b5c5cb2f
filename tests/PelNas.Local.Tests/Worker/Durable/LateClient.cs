using Microsoft.DurableTask.Client;
using PelNas.Local.Tests.Durable;
using PelNas.Tests.Durable;

namespace PelNas.Local.Tests.Worker.Durable;

/// <summary>A client that ends, and perhaps purges, an instance just after it has shown it alive.</summary>
internal sealed class LateClient(DurableTaskClient inner, bool purges) : PassingClient(inner)
{
    /// <summary>The instance that ends once it has been looked at.</summary>
    public string? EndsAfterTheNextLook { get; set; }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var seen = await Inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
        if (EndsAfterTheNextLook == instanceId)
        {
            EndsAfterTheNextLook = null;
            await Inner.TerminateInstanceAsync(instanceId, cancellation);
            await Awaiting.For(Inner.WaitForInstanceCompletionAsync(instanceId, cancellation), $"the end of {instanceId}");
            if (purges)
            {
                await Inner.PurgeInstanceAsync(instanceId, cancellation);
            }
        }

        return seen;
    }
}
