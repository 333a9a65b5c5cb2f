using PelNas.Functions.Orchestrations;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Activities;

/// <summary>Draws the first population of a partition.</summary>
public sealed class SeedPartition(PartitionSeeder seeder)
{
    [Function(nameof(SeedPartition))]
    public async Task<ProposalCounts> RunAsync([ActivityTrigger] PartitionStep step, CancellationToken cancellationToken)
        => ResultTags.OnProposals(await seeder.SeedAsync(step.RunId, step.Partition, cancellationToken));
}
