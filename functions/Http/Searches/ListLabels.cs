namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/labels</c>: what a search wants trained, and what it was told.</summary>
public sealed class ListLabels(RunRepository runs, LabelDesk desk)
{
    [Function(nameof(ListLabels))]
    [QueryNames("status")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/labels")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
        => Telling.OfLabels(runs, desk).ListAsync(
            request, id, LabelStates.All,
            (rows, run) => new LabelList(id, [.. rows.Select(row => LabelView.Of(row, desk.StateOf(row), run))]), cancellationToken);
}
