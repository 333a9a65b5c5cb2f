using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm.Providers;

/// <summary>Gives a client the name of its configured provider and model, as results, telemetry and the answer cache know them; the SDKs have names of their own.</summary>
internal sealed class NamedChatClient(IChatClient inner, string provider, Uri? endpoint, string? model) : DelegatingChatClient(inner)
{
    private readonly ChatClientMetadata _metadata = new(provider, endpoint, model);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : base.GetService(serviceType, serviceKey);
}
