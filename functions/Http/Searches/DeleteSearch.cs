using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>DELETE /searches/{id}</c>: ends a search if it runs, and removes all that is kept of it.</summary>
public sealed class DeleteSearch(IRunStore store, SearchRemover remover)
{
    /// <summary>
    /// The HTTP function. Answers 204 when all is gone, and 202 when orchestrations are still about to end: nobody finds the search any
    /// more, and <see cref="RemovalOrchestrator"/> removes the rest.
    /// </summary>
    [Function(nameof(DeleteSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } state)
        {
            return await RemovalOrchestrator.IsUnderWayAsync(client, id, cancellationToken)
                ? Results.Accepted()
                : SearchAnswers.Unknown(id);
        }

        if (await remover.TryRemoveEndedAsync(id, state.Partitions, client, cancellationToken))
        {
            return Results.NoContent();
        }

        // The removal first: it deletes the run, too, should this process end between the two.
        await client.StartUnlessAliveAsync(
            nameof(RemovalOrchestrator), RemovalOrchestrator.InstanceId(id), new RemovalInput(id, state.Partitions), cancellationToken);
        await store.DeleteRunAsync(id, cancellationToken);
        return Results.Accepted();
    }
}
