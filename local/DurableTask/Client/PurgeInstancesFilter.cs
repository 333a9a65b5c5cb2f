namespace Microsoft.DurableTask.Client;

/// <summary>Which ended orchestration instances to purge; what is null does not narrow the choice.</summary>
/// <param name="CreatedFrom">The earliest time of creation.</param>
/// <param name="CreatedTo">The latest time of creation.</param>
/// <param name="Statuses">The runtime statuses.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long one call may go on purging before it returns an incomplete result; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
