namespace PelNas.Functions.Http.Searches;

/// <summary><c>PUT /searches/{id}/labels/{index}</c>: tells a search a label.</summary>
public sealed class PutLabel(RunRepository runs, LabelDesk desk)
{
    [Function(nameof(PutLabel))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "searches/{id}/labels/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => Telling.OfLabels(runs, desk).PutAsync<LabelAnswer, LabelView>(
            request, client, id, index, Check, answer => answer, (row, run) => LabelView.Of(row, desk.StateOf(row), run),
            cancellationToken);

    private static void Check(LabelAnswer answer, RunRow run)
    {
        Problems.Check(answer.Check(run.Request));
        if (run.Request.LabelsBy() != LabelProviders.You)
        {
            throw Problems.Conflict(
                $"The search {run.RunId} gets its labels by {run.Request.LabelsBy()}; only a search with labels by "
                    + $"'{LabelProviders.You}' is told them.");
        }
    }
}
