using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>Reads failures that came through several levels of orchestrations.</summary>
public static class TaskFailureExtensions
{
    /// <summary>The innermost failure: the outer ones say only which step of which orchestration failed.</summary>
    public static TaskFailureDetails Cause(this TaskFailureDetails failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        TaskFailureDetails cause = failure;
        while (cause.InnerFailure is { } inner)
        {
            cause = inner;
        }

        return cause;
    }
}
