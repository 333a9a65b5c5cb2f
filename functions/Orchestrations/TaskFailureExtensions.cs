using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>Reads failures that came through several levels of orchestrations.</summary>
public static class TaskFailureExtensions
{
    /// <summary>
    /// What a step threw: the failures around it say only which step of which orchestration failed, and those within it are what it made
    /// its own message of.
    /// </summary>
    public static TaskFailureDetails Cause(this TaskFailureDetails failure)
    {
        TaskFailureDetails cause = failure;
        while (cause is { InnerFailure: { } inner } && cause.ErrorType == typeof(TaskFailedException).FullName)
        {
            cause = inner;
        }

        return cause;
    }
}
