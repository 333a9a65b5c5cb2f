using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>The orchestrations that have not ended, in one look.</summary>
internal sealed class OrchestrationCensus(IReadOnlyList<OrchestrationMetadata> alive)
{
    // Ids that this app did not give are none of its business, and the store would not take them.
    private readonly OrchestrationMetadata[] _searches =
        [.. alive.Where(instance => instance.Name == nameof(SearchOrchestrator) && RunIds.IsValid(instance.InstanceId))];

    /// <summary>Searches that run; those that wait to begin or are suspended do not count.</summary>
    public int RunningSearches => _searches.Count(IsRunning);

    /// <summary>Looks at all that have not ended.</summary>
    public static async Task<OrchestrationCensus> TakeAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        OrchestrationQuery query = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);
        return new OrchestrationCensus(await client.GetAllInstancesAsync(query).ToListAsync(cancellationToken));
    }

    /// <summary>
    /// Searches and sweeps that should move, and when they, or a partition of them, last did. One that waits to begin has not moved
    /// since it was created. A sweep under way moves with its searches, and what is suspended is meant to stand still.
    /// </summary>
    public IEnumerable<StuckSearch> LastMoves()
    {
        ILookup<string?, DateTimeOffset> partitions = alive.Where(instance => instance.Name == nameof(PartitionOrchestrator))
            .ToLookup(partition => PartitionOrchestrator.RunIdOf(partition.InstanceId), partition => partition.LastUpdatedAt);
        IEnumerable<StuckSearch> searches =
            from search in _searches
            where search.RuntimeStatus != OrchestrationRuntimeStatus.Suspended
            let moves = partitions[search.InstanceId].Append(search.LastUpdatedAt)
            select new StuckSearch(search.InstanceId, IsRunning(search) ? moves.Max() : search.CreatedAt);
        return searches.Concat(alive.Where(IsWaitingSweep).Select(sweep => new StuckSearch(sweep.InstanceId, sweep.CreatedAt)));
    }

    private static bool IsRunning(OrchestrationMetadata instance) => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running;

    private static bool IsWaitingSweep(OrchestrationMetadata instance)
        => instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending
            && (instance.Name == nameof(ActiveSweepOrchestrator)
                || (instance.Name == nameof(SweepOrchestrator) && SweepIds.IsValid(instance.InstanceId)));
}
