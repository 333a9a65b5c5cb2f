using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/measurements/{index}</c>: tells a search a latency of its front.</summary>
public sealed class PutMeasurement(RunRepository runs, LabelDesk desk)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(PutMeasurement))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "searches/{id}/measurements/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!CellText.TryRead(NasBench201.Instance, index, out int cell, out string? error))
        {
            return Problems.Invalid("index", error!);
        }

        JsonReading<MeasurementAnswer> body = await JsonBody.ReadAsync<MeasurementAnswer>(request, Telling.MaxBodyBytes, cancellationToken);
        if (body.Value is not { } answer)
        {
            return body.Refusal!;
        }

        if (answer.Check() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        if (await runs.GetAsync(id, cancellationToken) is not { } run)
        {
            return SearchAnswers.Unknown(id);
        }

        LabelAnswer told = new(Failed: answer.Failed, Reason: answer.Reason, LatencyMs: answer.LatencyMs);
        (LabelRow? latency, IResult? refusal) = await Telling.TellAsync(desk.OfLatencies, client, run, cell, told, ("latency", "measurements"), cancellationToken);
        return latency is null ? refusal! : JsonResults.Of(MeasurementView.Of(latency, desk.StateOf(latency)));
    }
}
