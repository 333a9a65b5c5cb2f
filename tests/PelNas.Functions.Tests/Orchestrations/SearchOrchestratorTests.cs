namespace PelNas.Functions.Tests.Orchestrations;

public sealed class SearchOrchestratorTests : FolderTest
{
    // The longest that the history of a search is ever; one of all 151 generations of the test below would have some 3,000 events.
    private const int MostEvents = 200;

    [Fact]
    public async Task A_search_runs_its_partitions_in_step_and_publishes_a_front()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch(maxLabels: 20));

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchOutcome outcome = ended.ReadOutputAs<SearchOutcome>()!;
        Front front = (await app.Runs.GetHistoryAsync(SearchApp.RunId, Cancellation)).Front.ShouldNotBeNull().Front;
        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation)).ShouldNotBeNull();
        outcome.RunId.ShouldBe(SearchApp.RunId);
        outcome.Labels.ShouldBe(app.Settings.Oracle.Paid.Count);
        outcome.Labels.ShouldBeInRange(6, 20);
        outcome.Front.ShouldBe(front.Points.Count);
        outcome.Generations.ShouldBe(front.Version);
        run.StopReason.ShouldBe(outcome.StopReason);
        run.FinishedAt.ShouldBe(app.Settings.Time.GetUtcNow());
        front.Points.Select(point => point.Index).ShouldBeSubsetOf(app.Settings.Oracle.Paid.Keys);
        (await app.ResultAsync()).Metrics!.Hypervolume.ShouldBe(outcome.Hypervolume, tolerance: 1e-9);

        SearchProgress progress = ended.ReadCustomStatusAs<SearchProgress>()!;
        progress.ShouldBe(new SearchProgress(
            outcome.Generations, 3, outcome.Labels, 20, app.Settings.Calls.Count, outcome.Hypervolume, outcome.Front));
    }

    [Fact]
    public async Task Each_generation_of_a_partition_is_a_child_named_after_the_search()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 20, generations: 1));

        List<OrchestrationMetadata> instances = await app.InstancesAsync();
        instances.ShouldAllBe(instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
        string[] ids = [.. instances.Select(instance => instance.InstanceId)];
        ids.ShouldBe([SearchApp.RunId, .. ChildrenOf(0), .. ChildrenOf(1)], ignoreOrder: true);
        ids.Select(PartitionOrchestrator.RunIdOf).ShouldBe([null, .. Enumerable.Repeat(SearchApp.RunId, 12)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(3, 200, null, StopReasons.Generations)]
    [InlineData(3, 6, null, StopReasons.Labels)]
    [InlineData(3, 200, 0, StopReasons.LlmCalls)]
    [InlineData(3, 200, 12, StopReasons.LlmCalls)]
    public async Task A_search_stops_at_the_first_limit_it_meets(int generations, int maxLabels, int? maxLlmCalls, string stopReason)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        SearchRequest request = SearchApp.SmallSearch(maxLabels, generations) with { MaxLlmCalls = maxLlmCalls };

        SearchOutcome outcome = (await app.RunAsync(request)).ReadOutputAs<SearchOutcome>()!;

        outcome.StopReason.ShouldBe(stopReason);
        outcome.Labels.ShouldBeLessThanOrEqualTo(maxLabels);
        app.Settings.Oracle.Paid.Count.ShouldBe(outcome.Labels);
        app.Settings.Calls.Count.ShouldBeLessThanOrEqualTo(maxLlmCalls ?? int.MaxValue);
        (outcome.Generations == generations).ShouldBe(stopReason == StopReasons.Generations);
    }

    [Fact]
    public async Task A_search_ends_when_every_function_within_the_limits_is_labelled()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        BenchmarkContext context = SearchApp.Tables.GetContext("cifar10", "fpga");
        int functions = Enumerable.Range(0, context.Space.Size)
            .Where(index => context.LatencyMs[index] <= 1.2 && context.Space.IsConnected(index)).Select(context.Space.FunctionId)
            .Distinct().Count();
        SearchRequest request = SearchApp.SmallSearch(maxLabels: 200, generations: 20) with { MaxLatencyMs = 1.2 };

        SearchOutcome outcome = (await app.RunAsync(request)).ReadOutputAs<SearchOutcome>()!;

        outcome.StopReason.ShouldBe(StopReasons.Exhausted);
        outcome.Labels.ShouldBe(functions);
    }

    [Fact]
    public async Task A_partition_that_fails_fails_the_search_with_its_own_failure_and_lets_the_others_end()
    {
        SearchAppSettings settings = new(Folder.Path)
        {
            Answer = payload => IsAboutPartition(payload, 2)
                ? throw new ArgumentException("The proposer refuses partition 2.")
                : null,
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch());

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails.ShouldNotBeNull().ToString().ShouldContain("The proposer refuses partition 2.");
        (await app.Durable.GetInstanceAsync(SearchApp.RunId, Cancellation))!.LastUpdatedAt.ShouldBe(ended.LastUpdatedAt);
        foreach (string partition in ChildrenOf(1))
        {
            // The search ends after the last of them, so none is at work any more.
            OrchestrationMetadata child = (await app.Durable.GetInstanceAsync(partition, Cancellation)).ShouldNotBeNull();
            child.RuntimeStatus.ShouldBe(partition.EndsWith("-p2", StringComparison.Ordinal)
                ? OrchestrationRuntimeStatus.Failed
                : OrchestrationRuntimeStatus.Completed, partition);
        }

        (await app.Durable.GetInstanceAsync(ChildrenOf(2)[0], Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_step_of_the_whole_search_that_fails_fails_it_after_its_partitions_have_ended()
    {
        CountingOracle oracle = new() { Fault = new ArgumentException("The oracle has no such label.") };
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = oracle });

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch());

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails.ShouldNotBeNull().ToString().ShouldContain("The oracle has no such label.");
        foreach (string partition in ChildrenOf(0))
        {
            (await app.FinishAsync(partition)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, partition);
        }
    }

    [Fact]
    public async Task A_call_that_fails_once_is_made_again_after_a_durable_wait()
    {
        int failures = 0;
        SearchAppSettings settings = new(Folder.Path)
        {
            Answer = payload => IsAboutPartition(payload, 2) && Interlocked.Increment(ref failures) == 1
                ? throw new HttpRequestException("The endpoint is busy.")
                : null,
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);

        string runId = await app.ScheduleAsync(SearchApp.SmallSearch(generations: 1));
        await settings.Commits.WaitForAsync(ChildrenOf(1)[2], EventType.TimerCreated);
        settings.Time.Advance(TimeSpan.FromSeconds(15));

        (await app.FinishAsync(runId)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        failures.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_fails_the_search_and_names_the_field()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch() with { Generations = 0 });

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails.ShouldNotBeNull().ToString().ShouldContain("generations: 0 is not allowed");
        (await app.Runs.GetAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_search_of_more_generations_than_one_history_holds_finds_what_the_steps_in_one_process_find()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        SearchRequest request = SearchApp.SmallSearch(maxLabels: 200, generations: 12) with
        {
            PartitionScheme = "latency-quantile",
            Partitions = 2,
        };

        OrchestrationMetadata ended = await app.RunAsync(request);

        ended.ReadOutputAs<SearchOutcome>()!.Generations.ShouldBe(12);
        ended.ReadCustomStatusAs<SearchProgress>()!.Generation.ShouldBe(12);
        app.Settings.Commits.Events.Count(e => e.InstanceId == SearchApp.RunId && e.Event.EventType == EventType.ExecutionStarted)
            .ShouldBe(3);
        (await app.ResultAsync()).ToJson().ShouldBe((await InProcessSearchTests.SearchInProcessAsync(request)).ToJson());
    }

    [Fact]
    public async Task A_search_of_many_generations_keeps_its_history_short()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        SearchRequest request = SearchApp.SmallSearch(maxLabels: 2_000, generations: 40) with
        {
            PartitionScheme = "none",
            Partitions = 1,
            ProposalsPerPartition = 1,
            UseHeuristics = false,
        };

        (await app.RunAsync(request)).ReadOutputAs<SearchOutcome>().ShouldNotBeNull().Generations.ShouldBe(40);

        (await app.Runs.GetHistoryAsync(SearchApp.RunId, Cancellation)).Fronts.Select(front => front.Round.Generation)
            .ShouldBe(Enumerable.Range(0, 41));
        int events = 0;
        foreach ((_, HistoryEvent e) in app.Settings.Commits.Events.Where(e => e.InstanceId == SearchApp.RunId))
        {
            events = e.EventType == EventType.ExecutionStarted ? 1 : events + 1;
            events.ShouldBeLessThan(MostEvents);
        }
    }

    /// <summary>The orchestrations of a generation's partitions.</summary>
    private static string[] ChildrenOf(int generation) => [.. Enumerable.Range(0, 6).Select(k => $"{SearchApp.RunId}-g{generation}-p{k}")];

    private static bool IsAboutPartition(string payload, int partition) =>
        JsonDocument.Parse(payload).RootElement.GetProperty("partition").GetProperty("id").GetInt32() == partition;
}
