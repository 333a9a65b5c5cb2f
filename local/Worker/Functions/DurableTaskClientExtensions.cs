using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using PelNas.Local.Worker.Durable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the Functions host adds to a <see cref="DurableTaskClient"/>.</summary>
public static class DurableTaskClientExtensions
{
    private static readonly ConditionalWeakTable<DurableTaskClient, DurableWebhooks> Webhooks = [];

    /// <summary>The addresses under which an instance is watched and managed; they hold a key, so hand them only to who may use it.</summary>
    /// <param name="client">The client of this host.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="request">Where to take scheme, host and port from; the host's own address when null.</param>
    /// <exception cref="ArgumentException">The instance id is empty.</exception>
    /// <exception cref="InvalidOperationException">The host serves no HTTP.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Webhooks.TryGetValue(client, out var webhooks)
            ? webhooks.For(instanceId, request?.Url)
            : throw new InvalidOperationException("This client's host serves no HTTP, so there are no addresses to manage instances under.");
    }

    internal static void ServeWebhooks(this DurableTaskClient client, DurableWebhooks webhooks) => Webhooks.AddOrUpdate(client, webhooks);
}
