using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/labels/{index}</c>: tells a search a label.</summary>
public sealed class PutLabel(RunRepository runs, LabelDesk desk)
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>The HTTP function.</summary>
    [Function(nameof(PutLabel))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "searches/{id}/labels/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        JsonReading<LabelAnswer> body = await JsonBody.ReadAsync<LabelAnswer>(request, MaxBodyBytes, cancellationToken);
        if (body.Value is not { } answer)
        {
            return body.Refusal!;
        }

        if (await runs.GetAsync(id, cancellationToken) is not { } run)
        {
            return SearchAnswers.Unknown(id);
        }

        (int cell, string? error) = await FindAsync(run, index, cancellationToken);
        if (error is not null)
        {
            return Problems.Invalid("index", error);
        }

        if (answer.Check(run.Request) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        if (run.Request.LabelsBy() != LabelProviders.You)
        {
            return Problems.Conflict($"The search {id} gets its labels by {run.Request.LabelsBy()}; only a search with labels by '{LabelProviders.You}' is told them.");
        }

        (LabelRow? label, IResult? refusal) = await Telling.TellAsync(desk, client, run, cell, answer, ("label", "labels"), cancellationToken);
        return label is null ? refusal! : JsonResults.Of(LabelView.Of(label, desk.StateOf(label), run));
    }

    /// <summary>The architecture of a cell, or in another space, whose indices may be the search's own, that of a label that was asked for.</summary>
    private async Task<(int Index, string? Error)> FindAsync(RunRow run, string text, CancellationToken cancellationToken)
    {
        if (run.Request.Space is null)
        {
            return CellText.TryRead(NasBench201.Instance, text, out int cell, out string? error) ? (cell, null) : (-1, error);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? (index, null)
            : (await desk.ListAsync(run.RunId, cancellationToken)).FirstOrDefault(label => label.Architecture == text) is { } asked ? (asked.Index, null)
            : (-1, $"'{UntrustedText.Line(text, 40)}' is neither an index nor an architecture that the search has asked for. GET searches/{run.RunId}/labels lists those that it has.");
    }
}
