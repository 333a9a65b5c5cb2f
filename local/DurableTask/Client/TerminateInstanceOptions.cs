namespace Microsoft.DurableTask.Client;

/// <summary>How to terminate an orchestration instance.</summary>
/// <param name="Output">The output to record.</param>
/// <param name="Recursive">
/// Whether its sub-orchestrations are to be terminated too. The Functions extension leaves them alone whatever this says, and so does the local
/// engine: who wants them ended ends each.
/// </param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
