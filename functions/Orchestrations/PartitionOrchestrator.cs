using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PelNas.Functions.Activities;
using PelNas.Shared.Records;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// One partition of a search: per generation it rewrites the heuristics, has architectures proposed, scores them, waits until the
/// search has chosen labels over all partitions, and updates its archive. Starts anew every few generations to keep its history short.
/// </summary>
public static class PartitionOrchestrator
{
    private const int GenerationsPerHistory = 3;

    /// <summary>Instance id of a partition's orchestration.</summary>
    public static string InstanceId(string runId, int partition) => $"{runId}-p{partition}";

    /// <summary>The run of a partition's orchestration, or null when the id is not one.</summary>
    public static string? RunIdOf(string instanceId)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        int end = instanceId.LastIndexOf("-p", StringComparison.Ordinal);
        return end > 0 ? instanceId[..end] : null;
    }

    /// <summary>Name of the event that tells the search of a scored generation.</summary>
    public static string ScoredEvent(int generation, int partition) => $"scored-{generation}-{partition}";

    /// <summary>Name of the event that tells the partitions of a labelled generation.</summary>
    public static string LabelledEvent(int generation) => $"labelled-{generation}";

    /// <summary>The orchestrator function. Returns the size of the partition's archive.</summary>
    [Function(nameof(PartitionOrchestrator))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        PartitionInput input = context.GetInput<PartitionInput>()!;
        for (int generation = input.Generation; ; generation++)
        {
            if (generation > input.Generation && generation % GenerationsPerHistory == 0)
            {
                context.ContinueAsNew(input with { Generation = generation });
                return 0;
            }

            PartitionStep step = new(input.RunId, input.Partition, generation);
            ProposalCounts counts = await ProposeAsync(context, step, input.UseHeuristics);
            await Task.WhenAll(
                context.CallActivityAsync<int>(nameof(ScoreZeroCost), step, Retries.Store),
                context.CallActivityAsync<int>(nameof(ScoreLatency), step, Retries.Store));

            context.SendEvent(
                input.RunId,
                ScoredEvent(generation, input.Partition),
                new PartitionScored(input.Partition, generation, counts.Accepted, counts.LlmCalls, counts.Usd, counts.StopReason));
            GenerationLabelled labelled = await context.WaitForExternalEvent<GenerationLabelled>(LabelledEvent(generation));
            int archive = await context.CallActivityAsync<int>(nameof(UpdateArchive), step, Retries.Store);
            if (!labelled.Continue)
            {
                return archive;
            }
        }
    }

    private static async Task<ProposalCounts> ProposeAsync(TaskOrchestrationContext context, PartitionStep step, bool useHeuristics)
    {
        if (step.Generation == 0)
        {
            return await context.CallActivityAsync<ProposalCounts>(nameof(SeedPartition), step, Retries.Store);
        }

        if (useHeuristics)
        {
            await context.CallActivityAsync(nameof(UpdateHeuristics), step, Retries.Proposer);
        }

        return await context.CallActivityAsync<ProposalCounts>(nameof(MutateArchitectures), step, Retries.Proposer);
    }
}
