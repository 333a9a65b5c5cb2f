using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary>Removes a search: ends its orchestrations, purges their histories, deletes what the store holds of it.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock of the patience.</param>
public sealed class SearchRemover(IRunStore store, TimeProvider time)
{
    // Well under the 230 s after which Azure's load balancer gives up on a request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Removes the search as far as it gets: the search itself goes last, so that a removal that was cut short can be asked for again.
    /// </summary>
    /// <returns>Whether all is gone; false when the orchestrations are still about to end.</returns>
    internal async Task<bool> RemoveAsync(SearchState state, DurableTaskClient client, CancellationToken cancellationToken)
    {
        int partitions = state.Row?.Partitions.Count ?? state.Request.Partitions;
        string[] children = [.. Enumerable.Range(0, partitions).Select(partition => PartitionOrchestrator.InstanceId(state.Id, partition))];
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // The search first: it could still start partitions.
            await EndAsync(client, state.Id, either.Token);
            await Task.WhenAll(children.Select(child => EndAsync(client, child, either.Token)));
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What a cancelled call throws differs: the client of the Functions worker passes on what gRPC says of some.
            return false;
        }

        foreach (string child in children)
        {
            await client.PurgeInstanceAsync(child, cancellationToken);
        }

        await store.DeleteRunAsync(state.Id, cancellationToken);
        await client.PurgeInstanceAsync(state.Id, cancellationToken);
        return true;
    }

    // A partition outlives its search when that is terminated or failed.
    private static async Task EndAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        switch (await client.GetInstanceAsync(instanceId, cancellationToken))
        {
            case null or { IsCompleted: true }:
                return;
            default:
                await client.EndAsync(instanceId, new TerminateInstanceOptions(Output: "deleted"), cancellationToken);
                await client.WaitForInstanceCompletionAsync(instanceId, cancellationToken);
                return;
        }
    }
}
