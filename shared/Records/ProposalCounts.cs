namespace PelNas.Shared.Records;

/// <summary>What proposing a generation's candidates came to. Small enough for an orchestration's message.</summary>
/// <param name="Accepted">Candidates added.</param>
/// <param name="LlmCalls">Calls to the proposer, the heuristics' included.</param>
/// <param name="Usd">What they cost, US dollars; null where the model has no price.</param>
/// <param name="NeededUsd">What a call that its allowance had no room for could have cost, US dollars; null where all fitted.</param>
/// <param name="LostCalls">Calls beside these whose answers were lost, and which are charged all the same.</param>
/// <param name="LostUsd">What they are charged, US dollars; 0 where the model has no price.</param>
public sealed record ProposalCounts(
    int Accepted, int LlmCalls, double? Usd, double? NeededUsd = null, int LostCalls = 0, double LostUsd = 0)
{
    /// <summary>The counts of a step.</summary>
    /// <param name="accepted">Candidates added.</param>
    /// <param name="usage">What its answers cost.</param>
    /// <param name="spent">What its account was charged, calls whose answers were lost included; null where it has none.</param>
    /// <param name="neededUsd">As <see cref="NeededUsd"/>.</param>
    internal static ProposalCounts Of(int accepted, ChatUsage usage, ChatUsage? spent, double? neededUsd = null)
    {
        // In a replay nothing is charged, and what was answered counts all the same.
        ChatUsage lost = spent is not null && spent.Calls > usage.Calls ? spent - usage : ChatUsage.None;
        return new ProposalCounts(accepted, usage.Calls, usage.Usd, neededUsd, lost.Calls, Math.Max(0, lost.Usd ?? 0));
    }
}
