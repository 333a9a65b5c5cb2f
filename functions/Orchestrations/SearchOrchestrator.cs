using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Activities;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// One search. In each generation it fans out a <see cref="PartitionOrchestrator"/> per partition; when all have scored their candidates,
/// the labels are chosen over all partitions at once and the front is computed. It starts again every few generations, so that its history
/// stays short however many there are. The instance id is the run id.
/// </summary>
public static class SearchOrchestrator
{
    private const int GenerationsPerHistory = 5;

    [Function(nameof(SearchOrchestrator))]
    public static async Task<SearchOutcome?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        SearchInput input = context.GetInput<SearchInput>()!;
        SearchRequest request = input.Request;
        SearchPosition position = input.Position ?? await PlanAsync(context, request);
        LabelGathering labels = new(context, request);
        for (int done = 0; done < GenerationsPerHistory; done++)
        {
            (position, GenerationFront front) = await AdvanceAsync(context, request, labels, position);
            if (StopRule.WhyStop(request, position.Partitions, position.Totals) is { } stopReason)
            {
                if (request.VerifyFront)
                {
                    await labels.VerifyAsync(new RunStep(context.InstanceId, front.Generation));
                }

                return await FinishAsync(context, stopReason, front);
            }
        }

        context.ContinueAsNew(input with { Position = position });
        return null;
    }

    /// <summary>Plans the search, and asks what is believed before any label.</summary>
    private static async Task<SearchPosition> PlanAsync(TaskOrchestrationContext context, SearchRequest request)
    {
        PlanInput plan = new(context.InstanceId, request, context.CurrentUtcDateTime);
        IReadOnlyList<PartitionPlan> partitions =
            await context.CallActivityAsync<IReadOnlyList<PartitionPlan>>(nameof(SearchSteps.PlanSearch), plan, Retries.Store);
        SearchTotals totals = SearchTotals.Start;
        if (request.Prior != PriorSources.None)
        {
            RunStep step = new(context.InstanceId, Generation: 0);
            totals = totals.WithPrior(
                await context.CallActivityAsync<ProposalCounts>(nameof(SearchSteps.AskPrior), step, Retries.Proposer));
        }

        return new SearchPosition(partitions.Count, totals);
    }

    /// <summary>Runs the next generation.</summary>
    private static async Task<(SearchPosition Position, GenerationFront Front)> AdvanceAsync(
        TaskOrchestrationContext context, SearchRequest request, LabelGathering labels, SearchPosition position)
    {
        int generation = position.Totals.Generation + 1;
        RunStep step = new(context.InstanceId, generation);
        if (generation > 0 && request.Space is not null && position.IsOpen != false)
        {
            int added = await context.CallActivityAsync<int>(nameof(SearchSteps.GrowPool), step, Retries.Store);
            position = position with { IsOpen = added > 0 };
        }

        IReadOnlyList<Allowance> allowances = position.Totals.Allowances(request, position.Partitions);
        ProposalCounts[] counts = await Task.WhenAll(Enumerable.Range(0, position.Partitions).Select(partition =>
        {
            PartitionInput input = new(context.InstanceId, partition, generation, request.UseHeuristics, allowances[partition]);
            SubOrchestrationOptions options = new(instanceId: PartitionOrchestrator.InstanceId(input));
            return context.CallSubOrchestratorAsync<ProposalCounts>(nameof(PartitionOrchestrator), input, options);
        }));

        LabelsGathered gathered = await labels.RunAsync(step, position.Totals.TrainingSeconds);
        GenerationFront front =
            await context.CallActivityAsync<GenerationFront>(nameof(SearchSteps.ComputeParetoFront), step, Retries.Store);
        SearchTotals totals = position.Totals.With(counts, front) with
        {
            TrainingSeconds = gathered.Seconds,
            IsAbandoned = gathered.IsAbandoned,
        };
        context.SetCustomStatus(new SearchProgress(
            generation, request.Generations, front.Labels, request.MaxLabels, totals.LlmCalls, front.Hypervolume, front.Points));
        return (position with { Totals = totals }, front);
    }

    private static async Task<SearchOutcome> FinishAsync(TaskOrchestrationContext context, string stopReason, GenerationFront front)
    {
        await context.CallActivityAsync(
            nameof(SearchSteps.FinishSearch), new FinishInput(context.InstanceId, stopReason, context.CurrentUtcDateTime), Retries.Store);
        context.CreateReplaySafeLogger(typeof(SearchOrchestrator)).LogInformation(
            "Search {RunId} ended ({StopReason}) with {Labels} labels and {Front} points on the front.", context.InstanceId, stopReason,
            front.Labels, front.Points);
        return new SearchOutcome(context.InstanceId, stopReason, front.Generation, front.Labels, front.Points, front.Hypervolume);
    }
}
