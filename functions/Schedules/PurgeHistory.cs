using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, the histories of orchestrations that have ended and were created long enough ago. What searches and sweeps
/// found is in the store and stays. Sub-orchestrations are instances like any other and go by their own age.
/// </summary>
public sealed class PurgeHistory(IOptions<HistoryOptions> options, TimeProvider time, ILogger<PurgeHistory> logger)
{
    // Not every backend takes a range without a beginning.
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Function(nameof(PurgeHistory))]
    public async Task RunAsync(
        [TimerTrigger("0 45 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        DateTimeOffset limit = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        PurgeInstancesFilter filter = new(
            CreatedFrom: Beginning,
            CreatedTo: limit,
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]);
        PurgeResult result = await client.PurgeAllInstancesAsync(filter, cancellationToken);
        logger.LogInformation("Purged {Count} histories of before {Limit:u}.", result.PurgedInstanceCount, limit);
    }
}

/// <summary>Settings of <see cref="PurgeHistory"/>, from the configuration section <c>PelNas:History</c>.</summary>
public sealed class HistoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:History";

    /// <summary>Days for which the history of an orchestration that has ended is kept, from its creation.</summary>
    public int RetentionDays { get; set; } = 30;
}
