using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>A call was not made since it might have exceeded a limit of the run.</summary>
public sealed class BudgetExhaustedException(string runId, string stopReason)
    : Exception($"The run {runId} has no budget left for another call ({stopReason}).")
{
    /// <summary><see cref="StopReasons.LlmCalls"/> or <see cref="StopReasons.Usd"/>.</summary>
    public string StopReason { get; } = stopReason;
}
