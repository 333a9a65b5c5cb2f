using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/labels/{index}</c>: tells a search a label.</summary>
public sealed class PutLabel(RunRepository runs, LabelDesk desk)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(PutLabel))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "searches/{id}/labels/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        JsonReading<LabelAnswer> body = await JsonBody.ReadAsync<LabelAnswer>(request, Telling.MaxBodyBytes, cancellationToken);
        if (body.Value is not { } answer)
        {
            return body.Refusal!;
        }

        if (await runs.GetAsync(id, cancellationToken) is not { } run)
        {
            return SearchAnswers.Unknown(id);
        }

        (int cell, string? error) = await Telling.FindAsync(desk, run, index, cancellationToken);
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
}
