using Microsoft.DurableTask;

namespace PelNas.Local.Engine;

/// <summary>What the engine has to know of the app's functions: their names, and how to run one.</summary>
public interface IDurableFunctions
{
    /// <summary>Whether an orchestrator function of this name exists (names compare without regard to case).</summary>
    bool HasOrchestrator(string name);

    /// <summary>Whether an activity function of this name exists (names compare without regard to case).</summary>
    bool HasActivity(string name);

    /// <summary>
    /// Runs an orchestrator function once over the given context and returns its serialized output, or null when it returns nothing.
    /// Must not leave the caller's synchronization context: replay depends on it.
    /// </summary>
    Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput);

    /// <summary>Runs an activity function and returns its serialized output, or null when it returns nothing.</summary>
    Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken);
}
