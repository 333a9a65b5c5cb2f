using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>The orchestrations that have not ended, in one look.</summary>
internal sealed class OrchestrationCensus
{
    private readonly Dictionary<string, OrchestrationMetadata> _searches = [];
    private readonly List<OrchestrationMetadata> _waitingSweeps = [];
    private readonly List<(string RunId, DateTimeOffset LastUpdatedAt)> _partitions = [];

    private OrchestrationCensus()
    {
    }

    /// <summary>Searches that run; those that wait to begin or are suspended do not count.</summary>
    public int RunningSearches => _searches.Values.Count(IsRunning);

    /// <summary>Looks at all that have not ended.</summary>
    public static async Task<OrchestrationCensus> TakeAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        OrchestrationCensus census = new();
        OrchestrationQuery query = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            census.Add(instance);
        }

        return census;
    }

    /// <summary>
    /// Searches and sweeps that should move, and when they, or a partition of them, last did. One that waits to begin has not moved
    /// since it was created. A sweep under way moves with its searches, and what is suspended is meant to stand still.
    /// </summary>
    public IEnumerable<StuckSearch> LastMoves()
    {
        ILookup<string, DateTimeOffset> partitions = _partitions.ToLookup(
            partition => partition.RunId, partition => partition.LastUpdatedAt);
        foreach ((string runId, OrchestrationMetadata search) in _searches.Where(
            search => search.Value.RuntimeStatus != OrchestrationRuntimeStatus.Suspended))
        {
            yield return new StuckSearch(
                runId, IsRunning(search) ? partitions[runId].Append(search.LastUpdatedAt).Max() : search.CreatedAt);
        }

        foreach (OrchestrationMetadata sweep in _waitingSweeps)
        {
            yield return new StuckSearch(sweep.InstanceId, sweep.CreatedAt);
        }
    }

    private static bool IsRunning(OrchestrationMetadata instance) => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running;

    // Ids that this app did not give are none of its business, and the store would not take them.
    private void Add(OrchestrationMetadata instance)
    {
        switch (instance.Name)
        {
            case nameof(SearchOrchestrator) when RunIds.IsValid(instance.InstanceId):
                _searches[instance.InstanceId] = instance;
                break;
            case nameof(SweepOrchestrator)
                when SweepIds.IsValid(instance.InstanceId) && instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending:
            case nameof(ActiveSweepOrchestrator) when instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending:
                _waitingSweeps.Add(instance);
                break;
            case nameof(PartitionOrchestrator) when PartitionOrchestrator.RunIdOf(instance.InstanceId) is { } runId:
                _partitions.Add((runId, instance.LastUpdatedAt));
                break;
            default:
                break;
        }
    }
}
