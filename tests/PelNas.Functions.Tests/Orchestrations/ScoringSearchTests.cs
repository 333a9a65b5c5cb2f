namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>Searches that compute the zero-cost scores of their candidates, with LibTorch.</summary>
public sealed class ScoringSearchTests : FolderTest
{
    private const string Version = "r2-c8-n1-16px-120-b32-s1-noise";

    private static readonly SearchRequest Request = new()
    {
        Dataset = "imagenet16-120",
        Device = "fpga",
        MaxLabels = 24,
        Generations = 2,
        ProposalsPerPartition = 4,
        PartitionScheme = "latency-quantile",
        Partitions = 2,
        ProxyScores = ProxyScoreSources.Compute,
    };

    [Fact]
    public async Task A_search_scores_each_function_of_its_candidates_once_and_predicts_from_that_even_if_every_step_is_delivered_twice()
    {
        SearchAppSettings settings = new(Folder.Path) { Delivery = Delivery.AgainAtOnce };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        (await app.RunAsync(Request)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!;
        run.Predictor.ShouldContain($"computed for the candidates, {Version}");
        await ShouldHaveScoredAsync(app);
        settings.Proxies.Scored.Values.ShouldAllBe(times => times == 1);
        settings.Proxies.MostOpen.ShouldBe(1);
        (await CandidatesAsync(app)).ShouldContain(candidate => candidate.PredictedAccuracy != null && candidate.Accuracy == null);

        // Another search with the same settings finds the scores, and pays for what is new to it.
        int before = settings.Proxies.Scored.Count;
        (await app.RunAsync(Request, "20260301-120000-again")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        settings.Proxies.Scored.Count.ShouldBe(before);
        settings.Proxies.Scored.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task A_search_that_is_stopped_within_a_batch_goes_on_without_paying_a_score_twice()
    {
        TaskCompletionSource gate = new();
        SearchAppSettings settings = new(Folder.Path) { Proxies = new CountingScorers { WaitsAt = 3, Gate = gate.Task } };
        SearchApp stopped = await SearchApp.StartAsync(settings);
        await stopped.ScheduleAsync(Request);
        await Awaiting.For(settings.Proxies.Waiting, "the third score");
        Task stop = stopped.DisposeAsync().AsTask();
        gate.SetResult();
        await stop;

        SearchAppSettings again = settings with { Proxies = new CountingScorers(), Commits = new CommitLog() };
        await using SearchApp app = await SearchApp.StartAsync(again);
        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        again.Proxies.Scored.Keys.Intersect(settings.Proxies.Scored.Keys).ShouldBeEmpty();
        again.Proxies.Scored.ShouldNotBeEmpty();
        await ShouldHaveScoredAsync(app);
    }

    [Fact]
    public async Task Where_LibTorch_cannot_be_loaded_the_request_is_refused_and_a_plan_fails_at_once()
    {
        SearchAppSettings settings = new(Folder.Path)
        {
            EnableHttp = true,
            Proxies = new CountingScorers { Reason = "This build holds no LibTorch." },
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        HttpResponseMessage refused = await app.PostAsync("searches", SmallSearches.Body(Request));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("This build holds no LibTorch.");

        // Without moving the clock, so that no retry can have waited.
        OrchestrationMetadata failed = await app.RunAsync(Request);
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.ErrorMessage.ShouldContain("give 'table', or mend this: This build holds no LibTorch.");
    }

    private static async Task<IReadOnlyList<CandidateRow>> CandidatesAsync(SearchApp app)
        => [.. (await app.Runs.GetHistoryAsync(SearchApp.RunId, Cancellation)).Candidates().Select(candidate => candidate.Row)];

    private static async Task ShouldHaveScoredAsync(SearchApp app)
    {
        int[] functions =
        [
            .. (await CandidatesAsync(app)).Where(candidate => SearchApp.Tables.Space.IsConnected(candidate.Index))
                .Select(candidate => SearchApp.Tables.Space.FunctionId(candidate.Index)).Distinct().Order(),
        ];
        IReadOnlyList<ProxyScoreRow> all = await app.Services.GetRequiredService<ProxyScoreRepository>().GetAsync(
            Version, [.. Enumerable.Range(0, SearchApp.Tables.Space.FunctionCount)], Cancellation);
        all.Select(score => score.FunctionId).ShouldBe(functions);
        all.ShouldAllBe(score => score.Nwot != null || score.Synflow != null);
    }
}
