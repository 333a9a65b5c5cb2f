namespace Microsoft.DurableTask.Client;

/// <summary>How to terminate an orchestration instance.</summary>
/// <param name="Output">The output to record.</param>
/// <param name="Recursive">Whether its sub-orchestrations are terminated too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
