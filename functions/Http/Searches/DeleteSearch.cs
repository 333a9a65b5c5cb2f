using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>DELETE /searches/{id}</c>: ends a search if it runs, and removes all that is kept of it.</summary>
public sealed class DeleteSearch(IRunStore store, SearchRemover remover)
{
    /// <summary>The HTTP function. Answers 204 when all is gone, and 202 when the orchestrations take long to end: then ask again.</summary>
    [Function(nameof(DeleteSearch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => request.AnswerAsync(() => AnswerAsync(request, id, client, cancellationToken));

    private async Task<IResult> AnswerAsync(HttpRequest request, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } state)
        {
            return SearchAnswers.Unknown(id);
        }

        return await remover.RemoveAsync(state, client, cancellationToken) ? Results.NoContent() : SearchAnswers.Accepted(request, id);
    }
}
