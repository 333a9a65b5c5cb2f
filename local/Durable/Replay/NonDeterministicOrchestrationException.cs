namespace PelNas.Local.Durable.Replay;

/// <summary>An orchestrator function did not do in a replay what its history says it did, or did what no replay can follow.</summary>
public sealed class NonDeterministicOrchestrationException : Exception
{
    /// <summary>Makes an exception.</summary>
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    internal static NonDeterministicOrchestrationException Differs(int position, string history, string code) => new(
        $"The orchestrator is not deterministic. At position {position} its history says: {history}. The code asked for: {code}. "
        + "Orchestrators must do the same in every run: no clock, randomness, environment or I/O but through the context or activities. "
        + "If the code was changed while this instance was running, finish or terminate such instances before the change.");

    internal static NonDeterministicOrchestrationException ForeignWait(string what) => new(
        $"The orchestrator {what}. It may only await tasks of its TaskOrchestrationContext: for Task.Delay use CreateTimer, for Task.Run or I/O use an activity, "
        + "and do not use ConfigureAwait(false).");
}
