using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Partitioning;

namespace PelNas.Functions.Activities;

/// <summary>Validates the request, chooses the partitions, writes the run row.</summary>
public sealed class PlanSearch(SearchPlanner planner)
{
    [Function(nameof(PlanSearch))]
    public async Task<IReadOnlyList<PartitionPlan>> RunAsync([ActivityTrigger] PlanInput input, CancellationToken cancellationToken)
        => ResultTags.OnPlan(input.Request, await planner.PlanAsync(input.RunId, input.Request, input.StartedAt, cancellationToken));
}
