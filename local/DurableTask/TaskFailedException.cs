namespace Microsoft.DurableTask;

/// <summary>Thrown in an orchestrator when an activity or sub-orchestration it called has failed, retries included.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>Makes an exception from the error itself.</summary>
    /// <param name="taskName">The name of the function that failed.</param>
    /// <param name="taskId">The number of the call within its orchestration.</param>
    /// <param name="innerException">The error.</param>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException!);
    }

    /// <summary>Makes an exception from recorded details.</summary>
    /// <param name="taskName">The name of the function that failed.</param>
    /// <param name="taskId">The number of the call within its orchestration.</param>
    /// <param name="failureDetails">The recorded error.</param>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the function that failed.</summary>
    public string TaskName { get; }

    /// <summary>The number of the call within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>The error, as it was recorded where it happened.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>Whether no retry can help, as when the function does not exist.</summary>
    internal bool IsNonRetriable { get; init; }

    private static string Describe(string taskName, int taskId, string? cause)
    {
        string text = $"Task '{taskName}' (#{taskId}) failed with an unhandled exception";
        return cause is null ? text + "." : $"{text}: {cause}";
    }
}
