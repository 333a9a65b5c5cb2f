using Microsoft.DurableTask;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>The failures recorded for calls of functions that do not exist. No retry can help against them.</summary>
internal static class MissingFunction
{
    public static TaskFailureDetails Orchestrator(string name) => new(
        "OrchestratorTaskNotFound", $"There is no orchestrator function named '{name}'. Check the name in its [Function] attribute and in the call.", null, null, null);

    public static TaskFailureDetails Activity(string name) => new(
        "ActivityTaskNotFound", $"There is no activity function named '{name}'. Check the name in its [Function] attribute and in the call.", null, null, null);
}
