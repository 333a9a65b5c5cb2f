namespace PelNas.Functions.Tests.Http.Sweeps;

/// <summary>Requests about sweeps that are refused.</summary>
public sealed class RefusedSweepsTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    [Theory]
    [InlineData("""{ "contexts": ["cifar10:abacus"] }""", "contexts")]
    [InlineData("""{ "contexts": ["all"], "window": 9 }""", "window")]
    [InlineData("""{ "contexts": ["all"], "seed": 1 }""", "seed")]
    [InlineData("""{}""", "contexts")]
    [InlineData("""{ "contexts": ["all", { "dataset": "cifar10" }] }""", "contexts[1]")]
    [InlineData("""{ "contexts": [null], "window": 2 }""", "contexts[0]")]
    [InlineData("""{ "contexts": ["all"], "seeds": [1, null] }""", "seeds[1]")]
    [InlineData("""{ "contexts": ["cifar10"], "window": 9, "maxLabels": 0 }""", "contexts", "window", "maxLabels")]
    public async Task All_fields_at_fault_are_named_at_once(string json, params string[] fields)
    {
        HttpResponseMessage refused = await App.PostAsync("sweeps", HttpAnswers.Json(json));

        Problem problem = await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        problem.Errors!.Keys.ShouldBe(fields, ignoreOrder: true);
    }

    [Theory]
    [InlineData("sweeps?top=0", HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest)]
    [InlineData("sweeps?continuation=x", HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest)]
    [InlineData("sweeps/sweep-20260101", HttpStatusCode.NotFound, ProblemCodes.NotFound)]
    [InlineData("sweeps/20260101", HttpStatusCode.NotFound, ProblemCodes.NotFound)]
    public async Task What_cannot_be_answered_is_a_problem(string address, HttpStatusCode status, string code) =>
        await (await App.GetAsync(address)).ShouldBeProblemAsync(status, code);

    [Fact]
    public async Task A_sweep_that_nobody_knows_cannot_be_ended() =>
        await (await App.PostAsync("sweeps/sweep-20260101/terminate")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);

    [Fact]
    public async Task Nobody_without_a_key_reads_or_starts_sweeps()
    {
        (await App.Anonymous.GetAsync("sweeps", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await App.Anonymous.PostAsync("sweeps", HttpAnswers.Json("""{ "contexts": ["all"] }"""), Cancellation))
            .StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
