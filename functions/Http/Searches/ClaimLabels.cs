namespace PelNas.Functions.Http.Searches;

/// <summary><c>POST /searches/{id}/labels/claims</c>: hands out open labels, none to two clients at once.</summary>
public sealed class ClaimLabels(RunRepository runs, LabelDesk desk)
{
    private const int MaxBodyBytes = 4 * 1024;
    private const int MaxCount = 100;
    private const int MaxMinutes = 7 * 24 * 60;
    private const int MaxName = 100;

    [Function(nameof(ClaimLabels))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/labels/claims")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        LabelClaim claim = await JsonBody.ReadAsync<LabelClaim>(request, MaxBodyBytes, cancellationToken);

        Problems.Check(Check(claim));
        RunRow run = await runs.GetAsync(id, cancellationToken) ?? throw SearchAnswers.Unknown(id);
        IReadOnlyList<LabelRow> claimed = await desk.ClaimAsync(
            id, claim.Client, claim.Count, TimeSpan.FromMinutes(claim.Minutes), cancellationToken);
        return JsonResults.Of(new LabelList(id, [.. claimed.Select(label => LabelView.Of(label, desk.StateOf(label), run))]));
    }

    private static List<FieldError> Check(LabelClaim claim)
    {
        List<FieldError> errors = [];
        if (claim.Client is not { Length: > 0 and <= MaxName })
        {
            errors.Add("client", $"is not allowed; give a name of 1 to {MaxName} characters");
        }

        errors.CheckRange("count", claim.Count, 1, MaxCount);
        if (!(claim.Minutes is > 0 and <= MaxMinutes))
        {
            errors.Add("minutes", $"{claim.Minutes} is not allowed; give a number over 0 and up to {MaxMinutes}");
        }

        return errors;
    }
}
