namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/measurements</c>: which latencies of its front a search wants measured, and what it was told.</summary>
public sealed class ListMeasurements(RunRepository runs, LabelDesk desk)
{
    private static readonly string[] States = [LabelStates.Open, LabelStates.Told, LabelStates.Failed];

    [Function(nameof(ListMeasurements))]
    [QueryNames("status")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/measurements")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
        => Telling.OfLatencies(runs, desk).ListAsync(
            request, id, States, (rows, _) => new MeasurementList(id, [.. rows.Select(row => MeasurementView.Of(row, desk.StateOf(row)))]),
            cancellationToken);
}
