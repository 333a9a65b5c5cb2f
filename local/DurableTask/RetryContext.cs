namespace Microsoft.DurableTask;

/// <summary>What a retry handler is told about the attempts so far.</summary>
/// <param name="OrchestrationContext">The orchestration that called the task.</param>
/// <param name="LastAttemptNumber">The number of attempts so far, which all failed.</param>
/// <param name="LastFailure">How the last attempt failed.</param>
/// <param name="TotalRetryTime">The time since the first attempt.</param>
/// <param name="CancellationToken">A token to end the retries; never set at present.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
