namespace PelNas.Functions.Tests.Chat;

/// <summary>
/// Whole searches with a limit of dollars whose provider tells anything but the truth of its tokens, in each wire format.
/// </summary>
public sealed class UntrueUsageTests : FolderTest
{
    private const double MaxUsd = 0.05;
    private static readonly string[] Providers = ["azure-openai", "openai", "ollama"];
    private static readonly string[] OpenAI = ["azure-openai", "openai"];

    public static TheoryData<string, string, Claim> Untrue
    {
        get
        {
            TheoryData<string, string, Claim> cases = [];
            Add(Providers, "zeros", new("0", "0", "0"));
            Add(Providers, "negative counts", new("-5000", "-5000", "-10000"));
            Add(Providers, "null counts", new("null", "null", "null"));
            Add(Providers, "strings", new("\"2000\"", "\"300\"", "\"2300\""));
            Add(Providers, "huge counts", new("1e300", "1e300", "1e300"));
            Add(Providers, "counts over 32 bits", new("3000000000", "3000000000", "6000000000"));
            Add(Providers, "the largest counts of 32 bits", new("2147483647", "2147483647"));
            Add(Providers, "fractions", new("2000.5", "300.5", "2301"));
            Add(Providers, "nothing", new());
            Add(Providers, "half of it", new("2000"));
            Add(Providers, "fewer than the texts can be", new("1", "1", "2"));
            Add(Providers, "a longer answer than was allowed", new("2000", "100000", "102000"));
            Add(OpenAI, "no object", new(Whole: "null"));
            Add(OpenAI, "an empty object", new(Whole: "{}"));
            Add(OpenAI, "a list", new(Whole: "[]"));
            Add(OpenAI, "another total", new("2000", "300", "1"));
            Add(OpenAI, "more from the cache than was sent", new("2000", "300", "2300", Cached: "2001"));
            Add(OpenAI, "more reasoning than answer", new("2000", "300", "2300", Reasoning: "301"));
            return cases;

            void Add(string[] providers, string name, Claim claim)
            {
                foreach (string provider in providers)
                {
                    cases.Add(provider, name, claim);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Untrue), DisableDiscoveryEnumeration = true)]
    public async Task The_limit_holds_and_the_calls_are_charged_at_the_most_and_unconfirmed(string provider, string name, Claim claim)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => StandInModel.Answer(request, claim));
        (SearchResult result, SpendingRow budget, double mostCommitted) = await RunAsync(provider, model);

        mostCommitted.ShouldBeLessThanOrEqualTo(MaxUsd, name);
        result.StopReason.ShouldBe(StopReasons.Usd, name);
        model.Requests.Count.ShouldBeGreaterThan(0, name);
        budget.Spent.Calls.ShouldBe(model.Requests.Count, name);
        budget.Unconfirmed.ShouldBe(budget.Spent, name);
        budget.InFlight.ShouldBeNull(name);
        budget.Spent.InputTokens.ShouldBeGreaterThan(model.Bill.InputTokens, name);
        budget.Spent.OutputTokens.ShouldBeGreaterThan(model.Bill.OutputTokens, name);
        result.Counts.Usd.ShouldBe(budget.Spent.Usd, name);
        result.Counts.UnconfirmedUsd.ShouldBe(budget.Spent.Usd, name);
        result.Counts.UnconfirmedCalls.ShouldBe(model.Requests.Count, name);
    }

    [Theory]
    [InlineData("azure-openai")]
    [InlineData("openai")]
    [InlineData("ollama")]
    public async Task Counts_that_can_be_true_are_confirmed_and_charged_as_told(string provider)
    {
        Claim claim = new("2000", "300", "2300", Cached: "1500", Reasoning: "100");
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => StandInModel.Answer(request, claim));
        (SearchResult result, SpendingRow budget, double mostCommitted) = await RunAsync(provider, model);

        mostCommitted.ShouldBeLessThanOrEqualTo(MaxUsd);
        budget.Unconfirmed.ShouldBe(ChatUsage.None);
        (result.Counts.InputTokens, result.Counts.OutputTokens).ShouldBe((2000L * model.Requests.Count, 300L * model.Requests.Count));
        result.Counts.UnconfirmedCalls.ShouldBe(0);
    }

    /// <summary>Runs a search at the prices of the loopback's model, those of Ollama set as one who rents the machine would.</summary>
    private async Task<(SearchResult Result, SpendingRow Budget, double MostCommitted)> RunAsync(string provider, LoopbackModel model)
    {
        SearchAppSettings settings = ChatSettings.For(Folder.Path, provider, model);
        WatchedSpending rows = new(new MemoryRowStore());
        settings = settings.With("PelNas:Chat:InputUsdPerMillion", "0.4").With("PelNas:Chat:OutputUsdPerMillion", "1.6");
        await using SearchApp app =
            await SearchApp.StartAsync(settings with { Configure = services => services.AddSingleton<IRowStore>(rows) });
        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch(generations: 10) with { MaxUsd = MaxUsd });

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        IReadOnlyList<SpendingRow> spending = await app.Runs.ListSpendingAsync(SearchApp.RunId, Cancellation);
        SpendingRow sum = spending.Aggregate(new SpendingRow { Partition = 0, Generation = 0 }, (all, row) => all with
        {
            Spent = all.Spent + row.Spent,
            Unconfirmed = all.Unconfirmed + row.Unconfirmed,
            InFlight = all.InFlight ?? row.InFlight,
        });
        return (await app.ResultAsync(), sum, rows.MostCommitted);
    }
}
