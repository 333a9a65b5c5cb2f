using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Activities;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// One search. Fans out a <see cref="PartitionOrchestrator"/> per partition and keeps them in step: when all have scored a
/// generation, its labels are chosen over all partitions at once and its front is published. The instance id is the run id.
/// </summary>
public static class SearchOrchestrator
{
    /// <summary>The orchestrator function.</summary>
    [Function(nameof(SearchOrchestrator))]
    public static async Task<SearchOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        SearchRequest request = context.GetInput<SearchRequest>()!;
        string runId = context.InstanceId;
        ILogger logger = context.CreateReplaySafeLogger(typeof(SearchOrchestrator));
        IReadOnlyList<PartitionPlan> plans = await context.CallActivityAsync<IReadOnlyList<PartitionPlan>>(
            nameof(PlanSearch), new PlanInput(runId, request, context.CurrentUtcDateTime), Retries.Store);
        ProposalCounts? prior = request.Prior == PriorSources.None
            ? null
            : await context.CallActivityAsync<ProposalCounts>(nameof(AskPrior), new RunStep(runId, Generation: 0), Retries.Proposer);

        Task<int>[] partitions =
        [
            .. plans.Select(plan => context.CallSubOrchestratorAsync<int>(
                nameof(PartitionOrchestrator),
                new PartitionInput(runId, plan.Id, Generation: 0, request.UseHeuristics),
                new SubOrchestrationOptions(instanceId: PartitionOrchestrator.InstanceId(runId, plan.Id)))),
        ];
        Conductor conductor = new(context, request, partitions, prior);
        SearchOutcome outcome = await conductor.RunAsync();
        await Task.WhenAll(partitions);
        await context.CallActivityAsync(
            nameof(FinishSearch), new FinishInput(runId, outcome.StopReason, context.CurrentUtcDateTime), Retries.Store);
        logger.LogInformation("Search {RunId} ended ({StopReason}) with {Labels} labels and {Front} points on the front.", runId, outcome.StopReason, outcome.Labels, outcome.Front);
        return outcome;
    }
}
