using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Ends and removes a search; returns whether all is gone.</summary>
public sealed class RemoveSearch(SearchRemover remover)
{
    /// <summary>The activity function.</summary>
    [Function(nameof(RemoveSearch))]
    public Task<bool> RunAsync(
        [ActivityTrigger] RemovalInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
        => remover.RemoveAsync(input.RunId, input.Partitions, client, cancellationToken);
}
