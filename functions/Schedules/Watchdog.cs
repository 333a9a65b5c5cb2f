using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Looks every ten minutes for searches, and sweeps that do not begin, without progress, and warns of each until it moves. It ends none of
/// them: a slow proposer looks the same as a dead one, and which it is is for people to say.
/// </summary>
public sealed class Watchdog(IOptions<WatchdogOptions> options, TimeProvider time, ILogger<Watchdog> logger)
{
    [Function(nameof(Watchdog))]
    public async Task RunAsync(
        [TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        OrchestrationQuery notEnded = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);
        List<OrchestrationMetadata> alive = await client.GetAllInstancesAsync(notEnded).ToListAsync(cancellationToken);
        DateTimeOffset limit = time.GetUtcNow() - options.Value.StuckAfter;
        (string Id, DateTimeOffset At)[] stuck = [.. LastMoves(alive).Where(move => move.At < limit).OrderBy(move => move.At)];
        foreach ((string id, DateTimeOffset at) in stuck)
        {
            logger.LogWarning("Search {RunId} has made no progress since {LastProgressAt:u}.", id, at);
        }

        SearchMetrics.SearchesRunning.Record(alive.Count(instance => IsSearch(instance) && IsRunning(instance)));
        SearchMetrics.SearchesStuck.Record(stuck.Length);
    }

    /// <summary>
    /// Searches and sweeps that should move, and when they, or a partition of them, last did. One that waits to begin has not moved
    /// since it was created. A sweep under way moves with its searches, and what is suspended is meant to stand still.
    /// </summary>
    private static IEnumerable<(string Id, DateTimeOffset At)> LastMoves(IReadOnlyList<OrchestrationMetadata> alive)
    {
        ILookup<string?, DateTimeOffset> partitions = alive.Where(instance => instance.Name == nameof(PartitionOrchestrator))
            .ToLookup(partition => PartitionOrchestrator.RunIdOf(partition.InstanceId), partition => partition.LastUpdatedAt);
        return
            from instance in alive
            where IsSearch(instance) ? instance.RuntimeStatus != OrchestrationRuntimeStatus.Suspended : IsWaitingSweep(instance)
            let moves = partitions[instance.InstanceId].Append(instance.LastUpdatedAt)
            select (instance.InstanceId, IsRunning(instance) ? moves.Max() : instance.CreatedAt);
    }

    // Ids that this app did not give are none of its business.
    private static bool IsSearch(OrchestrationMetadata instance)
        => instance.Name == nameof(SearchOrchestrator) && RunIds.IsValid(instance.InstanceId);

    private static bool IsRunning(OrchestrationMetadata instance) => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running;

    private static bool IsWaitingSweep(OrchestrationMetadata instance)
        => instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending
            && (instance.Name == nameof(ActiveSweepOrchestrator)
                || (instance.Name == nameof(SweepOrchestrator) && SweepIds.IsValid(instance.InstanceId)));
}

/// <summary>Settings of <see cref="Watchdog"/>, from the configuration section <c>PelNas:Watchdog</c>.</summary>
public sealed class WatchdogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Watchdog";

    /// <summary>A running search without progress for longer than this is taken to be stuck.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(30);
}
