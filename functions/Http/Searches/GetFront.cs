using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/front</c>: the published front, or that of an earlier generation, as JSON or CSV.</summary>
public sealed class GetFront(IRunStore store, RunContexts contexts)
{
    private const string Json = "json";
    private const string Csv = "csv";

    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetFront))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/front")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string format = query.OneOf("format", Json, Csv) ?? Json;
        int? generation = query.WholeNumber("generation", 0, SearchRequestValidator.MaxGenerations);
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } state)
        {
            return SearchAnswers.Unknown(id);
        }

        if (state.Row is not { } run)
        {
            return SearchAnswers.NotPlanned(id);
        }

        if (await store.GetFrontAsync(id, generation, cancellationToken) is not { } front)
        {
            return await NoneAsync(id, generation, cancellationToken);
        }

        return format == Csv
            ? ConditionalResults.Of(request, FrontCsv.Format(front.Points, run.Request.LabelsFrom), MediaTypeNames.Text.Csv)
            : ConditionalResults.Of(request, PelNasJson.Serialize(await WithMetricsAsync(run, front, cancellationToken)), MediaTypeNames.Application.Json);
    }

    private async Task<IResult> NoneAsync(string id, int? generation, CancellationToken cancellationToken)
        => await store.GetFrontAsync(id, version: null, cancellationToken) is { } latest
            ? SearchAnswers.NoSuchGeneration($"The search {id} has published no front after generation {generation}; the last is that of generation {latest.Version}.")
            : SearchAnswers.NotYet($"The search {id} has published no front yet; ask again later.");

    private async Task<SearchFront> WithMetricsAsync(RunRow run, Front front, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.OfAsync(run, cancellationToken);
        // Not counted in the candidates, which are thousands where rounds are dozens.
        IReadOnlyList<RoundRow> rounds = await store.GetRoundsAsync(run.RunId, cancellationToken);
        int labels = rounds.Where(round => round.Partition == RoundRow.WholeRun && round.Generation <= front.Version).Sum(round => round.Labels);
        FrontQuality metrics = context.Evaluate(front.Points.Select(point => point.Index));
        return new SearchFront(
            run.RunId, run.Request.Dataset, run.Request.Device, run.Request.LabelsFrom, run.Proposer, front.Version, labels, front.Points, metrics, context.Ceiling);
    }
}
