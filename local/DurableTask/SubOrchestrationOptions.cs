namespace Microsoft.DurableTask;

/// <summary><see cref="TaskOptions"/> for a sub-orchestration: they may also name its instance.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">When and how often to try again after a failure; null for one attempt only.</param>
    /// <param name="instanceId">The sub-orchestration's instance id; null for a derived one.</param>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <summary>Adds an instance id to options; without one, that of <paramref name="options"/> (if any) is kept.</summary>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>Copies options.</summary>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options) => InstanceId = options.InstanceId;

    /// <summary>The sub-orchestration's instance id; null for one derived from the parent.</summary>
    public string? InstanceId { get; init; }
}
