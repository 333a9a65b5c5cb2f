namespace PelNas.Functions.Tests.Chat;

/// <summary>Whole searches against a server of this machine that keeps its own bill.</summary>
public sealed class SpendTests : FolderTest
{
    [Theory]
    [InlineData("azure-openai")]
    [InlineData("openai")]
    [InlineData("ollama")]
    public async Task A_search_has_spent_what_the_server_has_billed_to_the_token(string provider)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await using SearchApp app = await SearchApp.StartAsync(Settings(provider, model));

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch());

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchResult result = await app.ResultAsync();
        result.Proposer.ShouldBe($"{provider}/{LoopbackModel.Model}");
        ShouldAgree(result, model.Bill);
        model.Bill.Requests.ShouldBeGreaterThanOrEqualTo(30);
        double usd = provider == "ollama" ? 0 : ((model.Bill.InputTokens * 0.4) + (model.Bill.OutputTokens * 1.6)) / 1e6;
        result.Counts.Usd!.Value.ShouldBe(usd, 1e-9);
    }

    [Fact]
    public async Task Attempts_that_the_provider_turns_down_cost_nothing_and_are_repeated()
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => Interlocked.Increment(ref turn) switch
        {
            var n when n % 5 == 1 => Known.TooManyRequests(("retry-after-ms", "1")),
            var n when n % 7 == 2 => new Refused(503, "", "Service unavailable", ("retry-after-ms", "1")),
            _ => StandInModel.Answer(request),
        });
        await using SearchApp app = await SearchApp.StartAsync(Settings("azure-openai", model));

        await app.RunAsync(SearchApp.SmallSearch());

        SearchResult result = await app.ResultAsync();
        ShouldAgree(result, model.Bill);
        model.Requests.Count.ShouldBeGreaterThan(model.Bill.Requests);
        IReadOnlyList<SpendingRow> spending = await app.Runs.ListSpendingAsync(SearchApp.RunId, Cancellation);
        spending.Sum(row => row.Refused).ShouldBe(model.Requests.Count - model.Bill.Requests);
        spending.ShouldAllBe(row => row.Unconfirmed == ChatUsage.None);
        spending.ShouldAllBe(row => row.InFlight == null);
    }

    [Fact]
    public async Task A_lost_answer_is_charged_at_its_most_and_said_to_be_unconfirmed()
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => Interlocked.Increment(ref turn) == 3
            ? new CutShort(((Answer)StandInModel.Answer(request)).Text)
            : StandInModel.Answer(request));
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model));

        await app.RunAsync(SearchApp.SmallSearch());

        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!;
        run.Unconfirmed!.Calls.ShouldBe(1);
        run.Spent!.Calls.ShouldBe(model.Bill.Requests);
        run.Spent.OutputTokens.ShouldBeGreaterThanOrEqualTo(model.Bill.OutputTokens);
        (run.Spent - run.Unconfirmed).OutputTokens.ShouldBeLessThanOrEqualTo(model.Bill.OutputTokens);
    }

    [Fact]
    public async Task Calls_in_flight_count_so_that_the_limit_of_calls_is_never_exceeded()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("no"));
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model));

        // Every answer is bad, so that each step asks twice and the twelve calls that a generation may count on are not enough.
        await app.RunAsync(SearchApp.SmallSearch() with { MaxLlmCalls = 15 });

        SearchResult result = await app.ResultAsync();
        result.StopReason.ShouldBe(StopReasons.LlmCalls);
        model.Requests.Count.ShouldBe(15);
        result.Counts.LlmCalls.ShouldBe(15);
        result.Front.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_limit_of_dollars_is_never_exceeded_and_used_up_as_far_as_a_call_fits()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await using SearchApp app = await SearchApp.StartAsync(Settings("azure-openai", model));

        await app.RunAsync(SearchApp.SmallSearch(generations: 20) with { MaxUsd = 0.03 });

        SearchResult result = await app.ResultAsync();
        result.StopReason.ShouldBe(StopReasons.Usd);
        ShouldAgree(result, model.Bill);
        result.Counts.Usd!.Value.ShouldBeInRange(0.01, 0.03);
        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!;
        run.Price.ShouldNotBeNull().AsOf.ShouldBe("2025-08-31");
    }

    [Fact]
    public async Task An_answer_is_paid_once_whichever_run_asks()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model));
        await app.RunAsync(SearchApp.SmallSearch());
        Bill first = model.Bill;

        await app.RunAsync(SearchApp.SmallSearch(), "20260301-120000-again");

        model.Bill.ShouldBe(first);
        SearchResult again = await app.ResultAsync("20260301-120000-again");
        again.Counts.InputTokens.ShouldBe(0);
        again.Front.ShouldBe((await app.ResultAsync()).Front);
    }

    [Fact]
    public async Task What_another_run_has_paid_for_counts_against_no_limit()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model));
        await app.RunAsync(SearchApp.SmallSearch());

        await app.RunAsync(SearchApp.SmallSearch() with { MaxLlmCalls = 20 }, "20260301-120000-again");

        SearchResult again = await app.ResultAsync("20260301-120000-again");
        again.StopReason.ShouldBe(StopReasons.Generations);
        again.Counts.LlmCalls.ShouldBe(0);
    }

    [Fact]
    public async Task Room_for_reasoning_is_asked_for_and_charged_where_the_count_is_lost()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Raw("null"));
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model).With("PelNas:Chat:ReasoningTokens", "50000"));

        await app.RunAsync(SearchApp.SmallSearch(generations: 1) with { MaxLlmCalls = 12 });

        model.Requests.ShouldAllBe(request => request.Body.GetProperty("max_completion_tokens").GetInt32() > 50_000);
        (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!.Spent!.OutputTokens.ShouldBeGreaterThan(model.Requests.Count * 50_000);
    }

    [Fact]
    public async Task A_limit_of_dollars_needs_a_price()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await using SearchApp app = await SearchApp.StartAsync(Settings("openai", model).With("PelNas:Chat:PriceModel", "unheard-of"));

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch() with { MaxUsd = 1 });

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.ToString().ShouldContain("PelNas:Chat:PriceModel");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Over_HTTP_a_limit_of_dollars_without_a_price_is_refused_before_anything_starts_and_a_cost_without_one_is_null()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => StandInModel.Answer(request, new Claim("0", "0", "0")));
        SearchAppSettings settings = Settings("openai", model).With("PelNas:Chat:PriceModel", "unheard-of");
        await using SearchApp app = await SearchApp.StartAsync(settings with { EnableHttp = true });

        string message = await (await app.PostAsync(
            "searches", HttpAnswers.Json("""{"dataset":"cifar10","device":"fpga","maxUsd":1}"""))).ShouldBlameAsync("maxUsd");
        message.ShouldContain("set PelNas:Chat:PriceModel, or InputUsdPerMillion and OutputUsdPerMillion");
        model.Requests.ShouldBeEmpty();

        await app.RunAsync(SearchApp.SmallSearch(generations: 1));
        JsonElement search = await app.GetJsonAsync($"searches/{SearchApp.RunId}");
        foreach (string part in new[] { "spent", "unconfirmed" })
        {
            search.GetProperty(part).GetProperty("calls").GetInt32().ShouldBe(model.Requests.Count);
            search.GetProperty(part).GetProperty("usd").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    private static void ShouldAgree(SearchResult result, Bill bill)
        => new Bill(result.Counts.LlmCalls, result.Counts.InputTokens, result.Counts.OutputTokens).ShouldBe(bill);

    private SearchAppSettings Settings(string provider, LoopbackModel model) => ChatSettings.For(Folder.Path, provider, model);
}
