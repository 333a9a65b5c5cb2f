using PelNas.Shared.Predictor.Priors;

namespace PelNas.Functions.Tests.Chat;

/// <summary>What a whole search does with the faults of a provider. docs/faults.md has them as a table.</summary>
public sealed class FaultTests : FolderTest
{
    private const int Partitions = 6;
    private const int Proposals = 4;

    // Legal, but unconnected and of one partition only.
    private const string Elsewhere = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";

    public static TheoryData<string, ModelTurn> PassingFaults => new()
    {
        { "429 with retry-after-ms", Known.TooManyRequests(("retry-after-ms", "5")) },
        { "429 without", Known.TooManyRequests() },
        { "408", new Refused(408, "Timeout", "") },
        { "500", new Refused(500, "InternalServerError", "") },
        { "503", new Refused(503, "", "") },
        { "connection reset", new Reset() },
        { "half a body", new CutShort("never seen in full") },
    };

    public static TheoryData<string, ModelTurn, string> LastingFaults => new()
    {
        { "401", Known.WrongKey(Dialect.AzureOpenAI), "PelNas:Chat:ApiKey" },
        { "403", new Refused(403, "403", ""), "Cognitive Services OpenAI User" },
        { "404", Known.WrongModel(Dialect.AzureOpenAI), "deployment's name" },
        { "400", Known.NoSchema, "PelNas:Chat:StructuredOutput" },
        { "429 insufficient_quota", Known.NoCredit, "no credit left" },
        { "429 billing_not_active",
            new Refused(429, "billing_not_active", "Your account is not active, please check your billing details."), "no credit left" },
        { "400 billing_hard_limit_reached", new Refused(400, "billing_hard_limit_reached", "Billing hard limit has been reached."),
            "no credit left" },
        { "307", Known.Redirect("https://elsewhere.example/"), "not followed" },
    };

    public static TheoryData<string, ModelTurn, UnusableKind> BadAnswers => new()
    {
        { "empty choice list", new Raw("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[]}"""),
            UnusableKind.ProviderError },
        { "null", new Raw("null"), UnusableKind.ProviderError },
        { "an empty body", new Raw(""), UnusableKind.ProviderError },
        { "no choices", new Raw("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":null}"""),
            UnusableKind.ProviderError },
        { "a choice that is null", new Raw("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[null]}"""),
            UnusableKind.ProviderError },
        { "a message that is null",
            new Raw(
                """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":null,"finish_reason":"stop"}]}"""), UnusableKind.ProviderError },
        { "content filter on the prompt", Known.Filtered, UnusableKind.ContentFilter },
        { "content filter on the answer", new Answer("", "content_filter"), UnusableKind.ContentFilter },
        { "refusal", new Answer("", "stop", "I cannot help with that."), UnusableKind.Refusal },
        { "JSON cut at the length limit", new Answer("{\"architectures\":[{\"architecture\":\"|nor_conv", "length"),
            UnusableKind.Truncated },
        { "10 MB of prose", new Answer(new string('x', 10_000_000)), UnusableKind.ProviderError },
        { "wrong types", new Answer("""{"architectures":{"count":"many"},"rules":17}"""), UnusableKind.Unreadable },
        { "unicode tricks",
            new Answer(
                "{\"architectures\":[{\"architecture\":\"|\\u0455kip\\u202e\\ud800~0|\",\"rationale\":\"\\u0000\\u001b[31m\"}],"
                    + "\"rules\":[{\"text\":\"\\ud800\"}]}"), UnusableKind.Invalid },
        { "outside the partition", new Answer(List(Elsewhere, Elsewhere)), UnusableKind.Invalid },
        { "an empty text", new Answer(""), UnusableKind.Empty },
    };

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_that_passes_changes_nothing_but_time(string name, ModelTurn fault)
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            request => Interlocked.Increment(ref turn) % 4 == 1 ? fault : StandInModel.Answer(request));
        (OrchestrationMetadata ended, SearchResult result) = await RunAsync(model);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, name);
        result.Front.ShouldBe(await FaultSearch.FaultlessFrontAsync(), name);
        result.Counts.LlmCalls.ShouldBeGreaterThanOrEqualTo(model.Bill.Requests, name);
        result.Counts.OutputTokens.ShouldBeGreaterThanOrEqualTo(model.Bill.OutputTokens, name);
    }

    [Theory]
    [MemberData(nameof(LastingFaults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_that_somebody_has_to_mend_fails_the_search_at_once_and_says_how(string name, ModelTurn fault, string mending)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => fault);
        FaultOutcome outcome = await RunAsync(model);

        outcome.ShouldHaveFailedWithoutLoss(name);
        outcome.Why.ShouldContain(mending, customMessage: name);
        outcome.Ended.FailureDetails!.ToString().ShouldNotContain(LoopbackModel.Key, customMessage: name);
        outcome.Spending.Sum(row => row.Refused).ShouldBe(model.Requests.Count, name);
        model.Requests.Count.ShouldBeLessThanOrEqualTo(Partitions, name);
        model.Bill.ShouldBe(Bill.Empty, name);
    }

    [Fact]
    public async Task An_outage_of_minutes_is_sat_out_on_durable_timers()
    {
        int turn = 0;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => Interlocked.Increment(ref turn) <= 40
            ? new Refused(503, "", "Service unavailable")
            : StandInModel.Answer(request));
        (OrchestrationMetadata ended, SearchResult result) = await RunAsync(model);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        result.Front.ShouldBe(await FaultSearch.FaultlessFrontAsync());
    }

    [Fact]
    public async Task A_fault_of_the_question_for_a_prior_ends_the_search_before_anything_is_paid()
    {
        await using LoopbackModel model =
            await LoopbackModel.StartAsync(_ => new Refused(401, "invalid_api_key", "Incorrect API key provided."));
        FaultOutcome outcome = await FaultSearch.RunAsync(ChatSettings.For(Folder.Path, "azure-openai", model), prior: PriorSources.Llm);

        outcome.Ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        outcome.Result.Counts.Labels.ShouldBe(0);
        model.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(BadAnswers), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_answer_is_data_and_the_operators_fill_in(string name, ModelTurn answer, UnusableKind kind)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => answer);
        (OrchestrationMetadata ended, SearchResult result) = await RunAsync(model);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, name);
        result.StopReason.ShouldBe(StopReasons.Generations, name);
        result.Counts.FilledIn.ShouldBeInRange((Partitions * Proposals) - 2, Partitions * Proposals, name);
        result.Counts.Invalid.ShouldBeGreaterThan(0, name);
        result.Counts.LlmCalls.ShouldBe(model.Requests.Count, name);
        model.Requests.Count.ShouldBeInRange(Partitions * 2, Partitions * 4, name);
        result.ProposerWarning.ShouldNotBeNull(name);
        result.ProposerAnswers.Answers.ShouldBe(model.Requests.Count, name);
        result.ProposerAnswers.Unusable.ShouldContain(unusable => unusable.Kind == kind, name);
    }

    [Fact]
    public async Task Proposals_that_were_all_tried_are_counted_as_duplicates_and_replaced()
    {
        await using LoopbackModel model =
            await LoopbackModel.StartAsync(request => request.Messages[1].Contains("\"promising\"", StringComparison.Ordinal)
                ? new Answer(List(TriedOf(request), TriedOf(request)))
                : StandInModel.Answer(request));
        (_, SearchResult result) = await RunAsync(model);

        result.Counts.Duplicates.ShouldBeGreaterThanOrEqualTo(Partitions * 2);
        result.Counts.FilledIn.ShouldBeInRange((Partitions - 2) * Proposals, Partitions * Proposals);
    }

    private static string List(params string[] architectures)
        => $$"""{"architectures":[{{string.Join(',', architectures.Select(text => $$"""{"architecture":"{{text}}","origin":"mutation","parents":[],"rationale":""}"""))}}]}""";

    private static string TriedOf(ReceivedRequest request)
    {
        using JsonDocument document = JsonDocument.Parse(request.Messages[1]);
        return document.RootElement.GetProperty("parents")[0].GetProperty("architecture").GetString()!;
    }

    private Task<FaultOutcome> RunAsync(LoopbackModel model) => FaultSearch.RunAsync(model, Folder);
}
