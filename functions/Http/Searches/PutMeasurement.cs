namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/measurements/{index}</c>: tells a search a latency of its front.</summary>
public sealed class PutMeasurement(RunRepository runs, LabelDesk desk)
{
    [Function(nameof(PutMeasurement))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "searches/{id}/measurements/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => Telling.OfLatencies(runs, desk).PutAsync<MeasurementAnswer, MeasurementView>(
            request,
            client,
            id,
            index,
            (answer, _) => Problems.Check(answer.Check()),
            answer => new LabelAnswer(Failed: answer.Failed, Reason: answer.Reason, LatencyMs: answer.LatencyMs),
            (row, _) => MeasurementView.Of(row, desk.StateOf(row)),
            cancellationToken);
}
