using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// The one sweep that may run at a time: whoever starts another finds this instance alive, on whatever machine and under whatever id.
/// </summary>
public static class ActiveSweepOrchestrator
{
    /// <summary>The one instance id.</summary>
    public const string InstanceId = "active-sweep";

    /// <summary>The orchestrator function. It fails as the sweep does, and so makes room for the next one.</summary>
    [Function(nameof(ActiveSweepOrchestrator))]
    public static Task<SweepOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ActiveSweepInput input = context.GetInput<ActiveSweepInput>()!;
        return context.CallSubOrchestratorAsync<SweepOutcome>(
            nameof(SweepOrchestrator), input.Sweep, new SubOrchestrationOptions(instanceId: input.SweepId));
    }
}
