using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Common;
using PelNas.Shared.Reports;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/report</c>: the result of a search so far and how it came about, in one answer.</summary>
public sealed class GetReport(RunRepository runs, RunReporter reporter)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetReport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/report")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(runs, client, id, cancellationToken) is not { } state)
        {
            return SearchAnswers.Unknown(id);
        }

        if (state.Row is null || await reporter.ReadAsync(id, cancellationToken) is not { } run)
        {
            return SearchAnswers.NotPlanned(id);
        }

        return ConditionalResults.Of(request, PelNasJson.Serialize(run.ToReport()), MediaTypeNames.Application.Json);
    }
}
