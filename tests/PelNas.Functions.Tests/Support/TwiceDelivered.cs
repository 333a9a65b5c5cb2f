using System.Collections.Concurrent;
using Microsoft.DurableTask;
using PelNas.Local.Engine;

namespace PelNas.Functions.Tests.Support;

/// <summary>Delivers every activity twice, as a host may, and notes its name.</summary>
internal sealed class TwiceDelivered(IDurableFunctions inner, Delivery delivery, ConcurrentDictionary<string, bool> delivered) : IDurableFunctions
{
    public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

    public bool HasActivity(string name) => inner.HasActivity(name);

    public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
        inner.RunOrchestratorAsync(name, context, serializedInput);

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
    {
        delivered[name] = true;
        if (delivery == Delivery.AtTheSameTime)
        {
            return await Twins.RunAsync(() => inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken));
        }

        await inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
        return await inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
    }
}
