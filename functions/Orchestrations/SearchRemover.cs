using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Orchestrations;

/// <summary>Removes a search: ends its orchestrations, purges their histories, deletes what the store holds of it.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock of the patience.</param>
public sealed class SearchRemover(IRunStore store, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Removes a search none of whose orchestrations is alive, at once.</summary>
    /// <param name="runId">Run.</param>
    /// <param name="partitions">How many partitions it has, or was asked to have.</param>
    /// <param name="client">The orchestrations.</param>
    /// <param name="cancellationToken">Cancels. What a removal that was cut short has left can be removed.</param>
    /// <returns>Whether all is gone; false, and nothing was done, when an orchestration is alive.</returns>
    public async Task<bool> TryRemoveEndedAsync(string runId, int partitions, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        string[] children = ChildrenOf(runId, partitions);
        foreach (string instance in children.Prepend(runId))
        {
            if (await client.GetInstanceAsync(instance, cancellationToken) is { IsCompleted: false })
            {
                return false;
            }
        }

        await PurgeAsync(runId, children, client, cancellationToken);
        return true;
    }

    /// <summary>Ends what is alive of a search and removes it, as far as that gets within 20 seconds.</summary>
    /// <param name="runId">Run.</param>
    /// <param name="partitions">How many partitions it has, or was asked to have.</param>
    /// <param name="client">The orchestrations.</param>
    /// <param name="cancellationToken">Cancels. What a removal that was cut short has left can be removed.</param>
    /// <returns>Whether all is gone; false when the orchestrations are still about to end.</returns>
    public async Task<bool> RemoveAsync(string runId, int partitions, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        string[] children = ChildrenOf(runId, partitions);
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // The search first: it could still start partitions.
            await EndAsync(client, runId, either.Token);
            await Task.WhenAll(children.Select(child => EndAsync(client, child, either.Token)));
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What a cancelled call throws differs: the client of the Functions worker passes on what gRPC says of some.
            return false;
        }

        await PurgeAsync(runId, children, client, cancellationToken);
        return true;
    }

    private static string[] ChildrenOf(string runId, int partitions)
        => [.. Enumerable.Range(0, partitions).Select(partition => PartitionOrchestrator.InstanceId(runId, partition))];

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

    // The search itself goes last, so that a removal that was cut short can be asked for again.
    private async Task PurgeAsync(string runId, string[] children, DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (string child in children)
        {
            await client.PurgeInstanceAsync(child, cancellationToken);
        }

        await store.DeleteRunAsync(runId, cancellationToken);
        await client.PurgeInstanceAsync(runId, cancellationToken);
    }
}
