namespace Microsoft.DurableTask;

/// <summary>How an orchestrator wants an activity or sub-orchestration to be run.</summary>
public record TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">When and how often to try again after a failure; null for one attempt only.</param>
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    /// <summary>Copies options.</summary>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
    }

    /// <summary>When and how often to try again after a failure; null for one attempt only.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Options that retry by a policy.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Options that ask a handler before each retry.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Options that ask a handler before each retry.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(handler);

    /// <summary>These options with an instance id for the sub-orchestration.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
