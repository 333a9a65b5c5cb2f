using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Storage;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Looks every ten minutes for running searches without progress, warns of new ones and keeps the list in the store. It ends none:
/// a slow proposer looks the same as a dead one, and which it is is for people to say.
/// </summary>
public sealed class Watchdog(IRunStore store, IOptions<WatchdogOptions> options, TimeProvider time, ILogger<Watchdog> logger)
{
    /// <summary>Most searches in a report.</summary>
    public const int MaxReported = 200;

    /// <summary>The timer function.</summary>
    [Function(nameof(Watchdog))]
    public async Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset limit = now - options.Value.StuckAfter;
        Dictionary<string, DateTimeOffset> progress = await ReadProgressAsync(client, cancellationToken);
        StuckSearch[] stuck =
        [
            .. progress.Where(search => search.Value < limit)
                .OrderBy(search => search.Value)
                .Take(MaxReported)
                .Select(search => new StuckSearch(search.Key, search.Value)),
        ];

        WatchdogReport? last = await store.GetWatchdogReportAsync(cancellationToken);
        HashSet<string> known = [.. last?.Stuck.Select(search => search.RunId) ?? []];
        foreach (StuckSearch search in stuck.Where(search => !known.Contains(search.RunId)))
        {
            logger.LogWarning("Search {RunId} has made no progress since {LastProgressAt:u}.", search.RunId, search.LastProgressAt);
        }

        SearchMetrics.SearchesRunning.Record(progress.Count);
        SearchMetrics.SearchesStuck.Record(stuck.Length);
        await store.PutWatchdogReportAsync(new WatchdogReport(now, stuck), cancellationToken);
    }

    /// <summary>When each running search, or one of its partitions, last did something.</summary>
    private static async Task<Dictionary<string, DateTimeOffset>> ReadProgressAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> searches = [];
        Dictionary<string, DateTimeOffset> partitions = [];
        OrchestrationQuery query = new(Statuses: [OrchestrationRuntimeStatus.Running]);
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.Name == nameof(SearchOrchestrator))
            {
                searches[instance.InstanceId] = instance.LastUpdatedAt;
            }
            else if (instance.Name == nameof(PartitionOrchestrator) && PartitionOrchestrator.RunIdOf(instance.InstanceId) is { } runId)
            {
                partitions[runId] = Later(partitions.GetValueOrDefault(runId), instance.LastUpdatedAt);
            }
        }

        return searches.ToDictionary(search => search.Key, search => Later(search.Value, partitions.GetValueOrDefault(search.Key)));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
