namespace Microsoft.DurableTask.Client;

/// <summary>Which orchestration instances to list; what is null does not narrow the list.</summary>
/// <param name="CreatedFrom">The earliest time of creation.</param>
/// <param name="CreatedTo">The latest time of creation.</param>
/// <param name="Statuses">The runtime statuses.</param>
/// <param name="TaskHubNames">Names of task hubs; there is only one here, so they are not looked at.</param>
/// <param name="InstanceIdPrefix">What the instance ids begin with.</param>
/// <param name="PageSize">How many instances a page has.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom statuses are read too.</param>
/// <param name="ContinuationToken">Where to begin: a token of an earlier page.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>How many instances a page has when the query does not say.</summary>
    public const int DefaultPageSize = 100;
}
