namespace PelNas.Functions.Http.Searches;

/// <summary>
/// <c>POST /searches/{id}/suspend</c>: holds a search. Only the search itself is suspended: its partitions finish the generation in
/// hand.
/// </summary>
public sealed class SuspendSearch(RunRepository runs, TimeProvider time)
{
    [Function(nameof(SuspendSearch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/suspend")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => SearchControl.BringAsync(request, id, isSuspended: true, runs, client, time, cancellationToken);
}
