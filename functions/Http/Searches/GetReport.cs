using PelNas.Shared.Reports;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/report</c>: the result of a search so far and how it came about, in one answer.</summary>
public sealed class GetReport(RunRepository runs, RunReporter reporter)
{
    [Function(nameof(GetReport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/report")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        await SearchState.GetAsync(runs, client, id, cancellationToken);
        ReportedRun run = await reporter.ReadAsync(id, cancellationToken) ?? throw SearchAnswers.NotPlanned(id);
        return ConditionalResults.Json(request, run.ToReport());
    }
}
