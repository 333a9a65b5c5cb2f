using Microsoft.DurableTask;
using PelNas.Functions.Activities;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// One generation of one partition of a search: rewrites the heuristics, has architectures proposed, scores them and updates the archive.
/// It knows nothing but its input.
/// </summary>
public static class PartitionOrchestrator
{
    /// <summary>Instance id of a partition's generation.</summary>
    public static string InstanceId(PartitionInput input) => $"{input.RunId}-g{input.Generation}-p{input.Partition}";

    /// <summary>The run of such an instance, or null when the id is none.</summary>
    public static string? RunIdOf(string instanceId)
    {
        int end = instanceId.LastIndexOf("-g", StringComparison.Ordinal);
        return end > 0 ? instanceId[..end] : null;
    }

    [Function(nameof(PartitionOrchestrator))]
    public static async Task<ProposalCounts> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        PartitionInput input = context.GetInput<PartitionInput>()!;
        PartitionStep step = new(input.RunId, input.Partition, input.Generation);
        ProposalCounts counts = await ProposeAsync(context, step, input);
        Task<IReadOnlyList<CandidatePrediction>> predictions =
            context.CallActivityAsync<IReadOnlyList<CandidatePrediction>>(nameof(PartitionSteps.ScoreZeroCost), step, Retries.Store);
        Task<IReadOnlyList<CandidateLatency>> latencies =
            context.CallActivityAsync<IReadOnlyList<CandidateLatency>>(nameof(PartitionSteps.ScoreLatency), step, Retries.Store);
        await Task.WhenAll(predictions, latencies);
        await context.CallActivityAsync<int>(
            nameof(PartitionSteps.UpdateArchive), new ArchiveInput(step, await predictions, await latencies), Retries.Store);
        return counts;
    }

    private static async Task<ProposalCounts> ProposeAsync(TaskOrchestrationContext context, PartitionStep step, PartitionInput input)
    {
        if (step.Generation == 0)
        {
            return await context.CallActivityAsync<ProposalCounts>(nameof(PartitionSteps.SeedPartition), step, Retries.Store);
        }

        AskInput ask = new(step, input.Allowance);
        if (input.UseHeuristics)
        {
            await context.CallActivityAsync(nameof(PartitionSteps.UpdateHeuristics), ask, Retries.Proposer);
        }

        return await context.CallActivityAsync<ProposalCounts>(nameof(PartitionSteps.MutateArchitectures), ask, Retries.Proposer);
    }
}
