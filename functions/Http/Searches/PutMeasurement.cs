using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/measurements/{index}</c>: tells a search a latency of its front.</summary>
public sealed class PutMeasurement(RunRepository runs, LabelDesk desk)
{
    private const int MaxBodyBytes = 16 * 1024;

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

        JsonReading<MeasurementAnswer> body = await JsonBody.ReadAsync<MeasurementAnswer>(request, MaxBodyBytes, cancellationToken);
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
        if (await desk.OfLatencies.TellAsync(id, cell, told, cancellationToken) is not var (latency, isSame))
        {
            return Problems.NotFound($"The search {id} has not asked for the latency of {cell}. GET searches/{id}/measurements lists those that it has.");
        }

        if (!isSame)
        {
            string first = latency.LatencyMs is { } latencyMs ? FormattableString.Invariant($"{latencyMs} ms") : "failed";
            return Problems.Conflict($"The latency of {cell} was told before and is another: {first}. The first one stands.");
        }

        // Also when it was told before: the first time may have been cut short before this.
        if (run.FinishedAt is null)
        {
            await client.RaiseEventAsync(id, LabelGathering.LabelTold, cell, cancellationToken);
        }

        return JsonResults.Of(MeasurementView.Of(latency, desk.StateOf(latency)));
    }
}
