namespace PelNas.Functions.Http.Sweeps;

/// <summary><c>GET /sweeps</c>: sweeps with their comparisons, and those that were skipped, the latest date first, page by page.</summary>
public sealed class ListSweeps(SweepRepository sweeps)
{
    private const int DefaultTop = 20;
    private const int MaxTop = 100;

    [Function(nameof(ListSweeps))]
    [QueryNames("top", "continuation")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        int top = query.WholeNumber("top", 1, MaxTop) ?? DefaultTop;
        string? continuation = query.Text("continuation");
        query.Check();

        SweepPage page = await sweeps.ListAsync(top, continuation, cancellationToken);
        List<SweepView> views = [];
        foreach (SweepRow row in page.Sweeps)
        {
            views.Add(await SweepView.OfAsync(row, client, cancellationToken));
        }

        return JsonResults.Of(new SweepList(views, page.Continuation));
    }
}

/// <summary>The answer to <c>GET /sweeps</c>: a page of sweeps, the latest date first.</summary>
/// <param name="Continuation">Token of the next page; null after the last.</param>
public sealed record SweepList(IReadOnlyList<SweepView> Sweeps, string? Continuation);
