namespace PelNas.Functions.Http.Searches;

/// <summary><c>DELETE /searches/{id}/labels/{index}</c>: takes a failure back, so that the label is requested again.</summary>
public sealed class DeleteLabel(RunRepository runs, LabelDesk desk)
{
    [Function(nameof(DeleteLabel))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "searches/{id}/labels/{index}")] HttpRequest request,
        string id,
        string index,
        CancellationToken cancellationToken)
    {
        RunRow run = await runs.GetAsync(id, cancellationToken) ?? throw SearchAnswers.Unknown(id);
        int cell = await Telling.FindAsync(desk, run, index, cancellationToken);
        if (await desk.ReopenAsync(id, cell, cancellationToken) is not var (label, isOpen))
        {
            throw Problems.NotFound(
                $"The search {id} has not requested the label of {cell}. GET searches/{id}/labels lists those that it has.");
        }

        return isOpen
            ? JsonResults.Of(LabelView.Of(label, desk.StateOf(label), run))
            : throw Problems.Conflict(label.Failure is null
                ? $"The label of {cell} has not failed; only a failure can be taken back."
                : $"The search {id} has continued without the label of {cell}; "
                    + "a failure can be taken back while another label of its batch is open.");
    }
}
