using Microsoft.Azure.Functions.Worker;

namespace PelNas.Local.Worker.Durable;

/// <summary>Where the management API of orchestrations is, with the key it asks for.</summary>
/// <param name="address">The host's address.</param>
/// <param name="key">The key.</param>
internal sealed class DurableWebhooks(LocalHostAddress address, string key)
{
    /// <summary>The path below which the API is served.</summary>
    public const string Path = "/runtime/webhooks/durabletask";

    /// <summary>The addresses of an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="origin">Scheme, host and port to use; the host's own when null.</param>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public HttpManagementPayload For(string instanceId, Uri? origin = null)
    {
        var root = (origin ?? address.BaseUri)?.GetLeftPart(UriPartial.Authority)
            ?? throw new InvalidOperationException("The host has no address yet: it is not started.");
        var instance = $"{root}{Path}/instances/{Uri.EscapeDataString(instanceId)}";
        var code = $"code={Uri.EscapeDataString(key)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = $"{instance}?{code}",
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}?{code}",
            TerminatePostUri = $"{instance}/terminate?reason={{text}}&{code}",
            SuspendPostUri = $"{instance}/suspend?reason={{text}}&{code}",
            ResumePostUri = $"{instance}/resume?reason={{text}}&{code}",
            PurgeHistoryDeleteUri = $"{instance}?{code}",
        };
    }
}
