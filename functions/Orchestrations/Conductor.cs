using Microsoft.DurableTask;
using PelNas.Functions.Activities;
using PelNas.Shared.Records;
using PelNas.Shared.Search;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// Keeps a search's partitions in step, generation by generation. Runs inside <see cref="SearchOrchestrator"/> and is replayed with
/// it, so it keeps to the same rules.
/// </summary>
internal sealed class Conductor(TaskOrchestrationContext context, SearchRequest request, Task<int>[] partitions, ProposalCounts? prior)
{
    /// <summary>Conducts all generations and returns the outcome. When a partition fails, the others are told to stop first.</summary>
    public async Task<SearchOutcome> RunAsync()
    {
        int llmCalls = prior?.LlmCalls ?? 0;
        double usd = prior?.Usd ?? 0;
        for (int generation = 0; ; generation++)
        {
            PartitionScored[] scored = await AllScoredAsync(generation);
            llmCalls += scored.Sum(report => report.LlmCalls);
            usd += scored.Sum(report => report.Usd ?? 0);
            GenerationFront front = await CloseAsync(generation);
            context.SetCustomStatus(new SearchProgress(
                generation, request.Generations, front.Labels, request.MaxLabels, llmCalls, front.Hypervolume, front.Points));

            string? reached = scored.FirstOrDefault(report => report.StopReason is not null)?.StopReason;
            SearchState state = new(generation, front.Labels, scored.Sum(report => report.Accepted), front.Unlabelled, llmCalls, usd, reached);
            string? stopReason = StopRule.WhyStop(request, partitions.Length, state);
            Tell(new GenerationLabelled(generation, Continue: stopReason is null));
            if (stopReason is not null)
            {
                return new SearchOutcome(context.InstanceId, stopReason, generation, front.Labels, front.Points, front.Hypervolume);
            }
        }
    }

    private async Task<GenerationFront> CloseAsync(int generation)
    {
        try
        {
            RunStep step = new(context.InstanceId, generation);
            await context.CallActivityAsync<int>(nameof(ChooseLabels), step, Retries.Store);
            return await context.CallActivityAsync<GenerationFront>(nameof(ComputeParetoFront), step, Retries.Store);
        }
        catch (TaskFailedException)
        {
            Tell(new GenerationLabelled(generation, Continue: false));
            throw;
        }
    }

    private async Task<PartitionScored[]> AllScoredAsync(int generation)
    {
        Task<PartitionScored[]> all = Task.WhenAll(Enumerable.Range(0, partitions.Length).Select(
            partition => context.WaitForExternalEvent<PartitionScored>(PartitionOrchestrator.ScoredEvent(generation, partition))));
        Task[] watched = [all, .. partitions];
        Task first = await Task.WhenAny(watched);
        if (first == all)
        {
            return await all;
        }

        // A partition ends before it is told to only by failing; the others wait for the end of this generation.
        Tell(new GenerationLabelled(generation, Continue: false));
        await first;
        throw new InvalidOperationException($"A partition of {context.InstanceId} ended in generation {generation} before the search told it to.");
    }

    private void Tell(GenerationLabelled message)
    {
        for (int partition = 0; partition < partitions.Length; partition++)
        {
            context.SendEvent(
                PartitionOrchestrator.InstanceId(context.InstanceId, partition), PartitionOrchestrator.LabelledEvent(message.Generation), message);
        }
    }
}
