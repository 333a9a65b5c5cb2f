namespace PelNas.Shared.Chat.Budget;

/// <summary>A call was not made since it might have exceeded a limit of the run.</summary>
public sealed class BudgetExhaustedException(string runId, string stopReason)
    : Exception($"The run {runId} has no budget left for another call ({stopReason}).")
{
    /// <summary><see cref="Runs.StopReasons.LlmCalls"/> or <see cref="Runs.StopReasons.Usd"/>.</summary>
    public string StopReason { get; } = stopReason;
}
