using System.Net.Mime;
using PelNas.Shared.Reports;

namespace PelNas.Functions.Http.Searches;

/// <summary>
/// <c>GET /searches/{id}/result</c>: what a search has come to, as the command line writes it: result.json or report.html.
/// </summary>
public sealed class GetResult(RunRepository runs, RunReporter reporter)
{
    private const string Json = "json";
    private const string Html = "html";

    [Function(nameof(GetResult))]
    [QueryNames("format")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/result")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string format = query.OneOf("format", Json, Html) ?? Json;
        query.Check();
        await SearchState.GetAsync(runs, client, id, cancellationToken);
        ReportedRun report = await reporter.ReadAsync(id, cancellationToken) ?? throw SearchAnswers.NotPlanned(id);
        return format == Html
            ? ConditionalResults.Of(request, report.ToHtml(), MediaTypeNames.Text.Html)
            : ConditionalResults.Of(request, report.Result.ToJson(), MediaTypeNames.Application.Json);
    }
}
