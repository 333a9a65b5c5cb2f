using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>POST /searches/{id}/resume</c>: lets a suspended search go on. One that is not suspended just goes on.</summary>
public sealed class ResumeSearch(RunRepository runs, TimeProvider time)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(ResumeSearch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => SearchControl.BringAsync(request, id, isSuspended: false, runs, client, time, cancellationToken);
}
