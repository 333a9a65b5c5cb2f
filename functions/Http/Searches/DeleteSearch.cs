using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>DELETE /searches/{id}</c>: ends a search if it runs, and removes all that is kept of it.</summary>
public sealed class DeleteSearch(RunRepository runs, TimeProvider time)
{
    /// <summary>
    /// The HTTP function. Nobody finds the search any more once this has answered: 204 when all of it is gone, 202 when steps of it may
    /// still be at work, here or in another process; then its rows and its history go with the nightly purge
    /// (<see cref="Schedules.PurgeResults"/>).
    /// </summary>
    [Function(nameof(DeleteSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);

        // The mark first: whatever steps of the search are still to come find it, and end.
        await runs.DeleteAsync(id, time.GetUtcNow(), cancellationToken);
        if (state.Instance is { IsCompleted: false })
        {
            await client.EndAsync(id, new TerminateInstanceOptions(Output: "deleted", Recursive: true), cancellationToken);
            return Results.Accepted();
        }

        if (state.Status == SearchStatus.Detached)
        {
            // Another process may be at work on it.
            return Results.Accepted();
        }

        await client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), cancellationToken);
        await runs.PurgeAsync(id, cancellationToken);
        return Results.NoContent();
    }
}
