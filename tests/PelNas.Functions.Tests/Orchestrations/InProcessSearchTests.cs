namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>What a benchmark runs in one process is the search that the orchestrations run.</summary>
public sealed class InProcessSearchTests
{
    [Theory]
    [InlineData("conv3x3", 6, true)]
    [InlineData("latency-quantile", 3, false)]
    public async Task The_in_process_search_finds_what_the_orchestrated_one_finds(string scheme, int partitions, bool useHeuristics)
    {
        SearchRequest request = SearchApp.SmallSearch(maxLabels: 40, generations: 4) with
        {
            Seed = 5,
            PartitionScheme = scheme,
            Partitions = partitions,
            UseHeuristics = useHeuristics,
        };
        using TemporaryFolder folder = new();
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(folder.Path));
        await app.RunAsync(request);
        SearchResult orchestrated = await app.ResultAsync();

        SearchResult inProcess = await SearchInProcessAsync(request);

        orchestrated.Counts.Labels.ShouldBe(40);
        orchestrated.Front.Count.ShouldBeGreaterThan(3);
        inProcess.ToJson().ShouldBe(orchestrated.ToJson());
    }

    [Theory]
    [InlineData(StopReasons.Labels, 6, null)]
    [InlineData(StopReasons.LlmCalls, 200, 12)]
    public async Task Both_stop_for_the_same_reason_in_the_same_generation(string reason, int maxLabels, int? maxLlmCalls)
    {
        SearchRequest request = SearchApp.SmallSearch(maxLabels) with { MaxLlmCalls = maxLlmCalls };
        using TemporaryFolder folder = new();
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(folder.Path));
        await app.RunAsync(request);
        SearchResult orchestrated = await app.ResultAsync();

        SearchResult inProcess = await SearchInProcessAsync(request);

        inProcess.StopReason.ShouldBe(reason);
        inProcess.ToJson().ShouldBe(orchestrated.ToJson());
    }

    internal static async Task<SearchResult> SearchInProcessAsync(SearchRequest request)
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(SearchApp.Tables)
            .AddSingleton<IRowStore, MemoryRowStore>()
            .AddRepositories()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IChatClient>(new OfflineChatClient(SearchApp.Tables.Space))
            .AddSearchEngine()
            .BuildServiceProvider();
        await services.GetRequiredService<InProcessSearch>().RunAsync(SearchApp.RunId, request, time, Cancellation);
        RunContent content = (await RunContent.LoadAsync(services.GetRequiredService<RunRepository>(), SearchApp.RunId, Cancellation))!;
        RunContext context = await services.GetRequiredService<RunContexts>().OfAsync(content.Run, Cancellation);
        return SearchResultBuilder.Build(content, context.Evaluate(content.Labelled), context.Ceiling);
    }
}
