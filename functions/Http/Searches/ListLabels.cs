using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/labels</c>: what a search wants trained, and what it was told.</summary>
public sealed class ListLabels(RunRepository runs, LabelDesk desk)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(ListLabels))]
    [QueryNames("status")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/labels")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? status = query.OneOf("status", LabelStates.All);
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        return await runs.GetAsync(id, cancellationToken) is { } run
            ? JsonResults.Of(new LabelList(id, [.. (await desk.ListAsync(id, cancellationToken)).Select(label => LabelView.Of(label, desk.StateOf(label), run)).Where(label => status is null || label.Status == status)]))
            : SearchAnswers.Unknown(id);
    }
}
