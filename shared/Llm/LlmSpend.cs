using PelNas.Shared.Common;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Records;


namespace PelNas.Shared.Llm;

/// <summary>
/// Counts what a call is charged, when it is settled: a step that fails afterwards has spent it all the same, and one that runs again finds
/// the answer in the store and spends nothing. The sums of a step are on its span, which knows the run; metrics do not.
/// </summary>
internal static class LlmSpend
{
    /// <summary>Counts a call.</summary>
    /// <param name="call">On whose account.</param>
    /// <param name="usage">What is charged. Without a price nothing is said of its cost: a measured 0 would read as free.</param>
    /// <param name="isConfirmed">Whether the provider has told it; else it is the most that the call can have cost.</param>
    public static void Record(ChatCall call, ChatUsage usage, bool isConfirmed)
    {
        KeyValuePair<string, object?> partition = new(TelemetryNames.Partition, call.Partition);
        KeyValuePair<string, object?> unconfirmed = new(TelemetryNames.LlmUnconfirmed, !isConfirmed);
        SearchMetrics.LlmCalls.Add(usage.Calls, partition, unconfirmed);
        SearchMetrics.LlmTokens.Add(usage.InputTokens, partition, unconfirmed, new(TelemetryNames.TokenType, "input"));
        SearchMetrics.LlmTokens.Add(usage.OutputTokens, partition, unconfirmed, new(TelemetryNames.TokenType, "output"));
        if (usage.Usd is { } measured)
        {
            SearchMetrics.LlmCost.Add(measured, partition, unconfirmed);
        }

        if (StepSpan.Current is { } step)
        {
            step.SetTag(TelemetryNames.LlmCalls, (step.GetTagItem(TelemetryNames.LlmCalls) as int? ?? 0) + usage.Calls);
            if (usage.Usd is { } usd)
            {
                step.SetTag(TelemetryNames.LlmCost, (step.GetTagItem(TelemetryNames.LlmCost) as double? ?? 0) + usd);
            }
        }
    }
}
