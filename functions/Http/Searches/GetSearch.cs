using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}</c>: one search, from the moment it was accepted.</summary>
public sealed class GetSearch(RunRepository runs)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => await SearchState.FindAsync(runs, client, id, cancellationToken) is { } state
            ? JsonResults.Of(SearchDetails.Of(state, await AnswersAsync(state, cancellationToken)))
            : SearchAnswers.Unknown(id);

    /// <summary>What came of the calls to the proposer up to the generation whose front is in force.</summary>
    private async Task<RunAnswers> AnswersAsync(SearchState state, CancellationToken cancellationToken)
        => state.Row is not null && (await runs.GetHistoryAsync(state.Id, cancellationToken)).Front is { Round.RunAnswers: { } answers }
            ? answers
            : RunAnswers.None;
}
