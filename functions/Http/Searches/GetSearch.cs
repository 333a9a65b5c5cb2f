using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}</c>: one search, from the moment it was accepted.</summary>
public sealed class GetSearch(IRunStore store)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetSearch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => request.AnswerAsync(async () => await SearchState.FindAsync(store, client, id, cancellationToken) is { } state
            ? JsonResults.Of(SearchDetails.Of(state))
            : SearchAnswers.Unknown(id));
}
