using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/measurements</c>: which latencies of its front a search wants measured, and what it was told.</summary>
public sealed class ListMeasurements(RunRepository runs, LabelDesk desk)
{
    private static readonly string[] States = [LabelStates.Open, LabelStates.Told, LabelStates.Failed];

    /// <summary>The HTTP function.</summary>
    [Function(nameof(ListMeasurements))]
    [QueryNames("status")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/measurements")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? status = query.OneOf("status", States);
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        if (await runs.GetAsync(id, cancellationToken) is null)
        {
            return SearchAnswers.Unknown(id);
        }

        IEnumerable<MeasurementView> latencies = (await desk.OfLatencies.ListAsync(id, cancellationToken)).Select(latency => MeasurementView.Of(latency, desk.StateOf(latency)));
        return JsonResults.Of(new MeasurementList(id, [.. latencies.Where(latency => status is null || latency.Status == status)]));
    }
}
