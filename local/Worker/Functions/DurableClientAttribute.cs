using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter of type DurableTaskClient to the app's task hub.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub to talk to; null for the app's own, which is the only one the local host has.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting that names the storage; null for the app's own, which is the only one the local host has.</summary>
    public string? ConnectionName { get; set; }
}
