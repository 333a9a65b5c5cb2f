using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.Searches;

/// <summary>
/// <c>POST /searches/{id}/resume</c>: lets a suspended search go on, and one that has failed from its last finished step. One that runs
/// just goes on.
/// </summary>
public sealed class ResumeSearch(RunRepository runs, TimeProvider time)
{
    [Function(nameof(ResumeSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(runs, client, id, cancellationToken) is { Status: SearchStatus.Failed, Instance: { } failed })
        {
            await FailedSearch.RetryAsync(client, failed, cancellationToken);
            return SearchAnswers.Accepted(request, id);
        }

        return await SearchControl.BringAsync(request, id, isSuspended: false, runs, client, time, cancellationToken);
    }
}
