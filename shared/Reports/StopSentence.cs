using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>Why a search ended, in words that say what was used up.</summary>
public static class StopSentence
{
    /// <summary>
    /// The stop reason with its explanation; one that is not of <see cref="StopReasons"/> stays as it is, and none is null.
    /// </summary>
    /// <param name="labels">Labels it paid for.</param>
    public static string? Of(RunRow run, int labels)
    {
        SearchRequest request = run.Request;
        string? why = run.StopReason switch
        {
            StopReasons.Generations when labels >= request.MaxLabels =>
                $"all {request.Generations} are done, and all {request.MaxLabels} labels are spent",
            StopReasons.Generations => $"all {request.Generations} are done, with {labels} of {request.MaxLabels} labels spent",
            StopReasons.Labels => $"all {request.MaxLabels} are spent",
            StopReasons.LlmCalls => $"the limit of {request.MaxLlmCalls} calls leaves too few for another generation",
            StopReasons.Usd => $"the limit of {request.MaxUsd} US dollars leaves too little to go on",
            StopReasons.Exhausted => "every function within the limits is labelled",
            StopReasons.Deadline => $"no label was told for {request.Labels?.DeadlineHours} hours",
            StopReasons.Minutes => $"the {request.Labels?.Training?.Minutes} minutes of training are spent",
            _ => null,
        };
        return why is null ? run.StopReason : $"{run.StopReason}: {why}";
    }
}
