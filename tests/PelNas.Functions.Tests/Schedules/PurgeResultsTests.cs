using Microsoft.Extensions.Options;

namespace PelNas.Functions.Tests.Schedules;

public sealed class PurgeResultsTests : FolderTest
{
    private const string Pending = "20260301-120000-pending";

    [Fact]
    public async Task Results_of_what_does_not_run_any_more_are_kept_for_the_set_age()
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings("30"));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.ScheduleForLaterAsync(nameof(SearchOrchestrator), Pending, new SearchInput(SearchApp.SmallSearch()));
        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!;
        await app.Runs.AddAsync(run with { RunId = Pending }, Cancellation);
        // A run of more pages back whose history is long gone.
        await app.Runs.AddAsync(run with { RunId = "20250101-120000-old" }, Cancellation);

        app.Settings.Time.Advance(TimeSpan.FromDays(29));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([Pending, SearchApp.RunId]);

        app.Settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([Pending]);
        (await app.Runs.ReadAsync(SearchApp.RunId, 0, int.MaxValue, Cancellation)).ShouldBeEmpty();

        // Its orchestrations went with it, or it would look as if it had not begun.
        (await app.Durable.GetInstanceAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
        (await app.Durable.GetInstanceAsync($"{SearchApp.RunId}-g0-p0", Cancellation)).ShouldBeNull();
        (await app.Durable.GetInstanceAsync(Pending, Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_search_that_cannot_be_removed_keeps_none_of_the_others_and_is_named_at_the_end()
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings("30"));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        RunRow run = (await app.Runs.GetAsync(SearchApp.RunId, Cancellation))!;
        await app.Runs.AddAsync(run with { RunId = "20250101-120000-old" }, Cancellation);
        await app.Runs.AddAsync(run with { RunId = "20250102-120000-stuck" }, Cancellation);
        app.Settings.Time.Advance(TimeSpan.FromDays(31));

        IRowStore faulty = FaultyRows.ReadOnly(app.Rows, "20250102-120000-stuck");
        InvalidOperationException fault =
            await Should.ThrowAsync<InvalidOperationException>(() => Purge(app, faulty).RunAsync(new(), app.Durable, Cancellation));
        fault.Message.ShouldContain("Kept what was to be purged: 20250102-120000-stuck. The store 'the test's store' is out of order.");
        (await RunsAsync(app)).ShouldBe(["20250102-120000-stuck"]);
    }

    [Theory]
    [InlineData("the list of searches", "Runs")]
    [InlineData("cached answers", "LlmCache")]
    [InlineData("keys of requests", "Requests")]
    public async Task A_kind_that_cannot_be_removed_keeps_none_of_the_others_and_is_named_at_the_end(string kind, string table)
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings("30"));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Answers.PutAnswerAsync(new('a', 64), "old", Cancellation);
        await app.Requests.AddAsync("old", "first", Cancellation);
        app.Settings.Time.Advance(TimeSpan.FromDays(31));

        PurgeResults purge = Purge(app, FaultyRows.Without(app.Rows, table));
        (await Should.ThrowAsync<InvalidOperationException>(() => purge.RunAsync(new(), app.Durable, Cancellation)))
            .Message.ShouldContain($"{kind}.");

        Dictionary<string, bool> kept = new()
        {
            ["the list of searches"] = await app.Runs.GetAsync(SearchApp.RunId, Cancellation) is not null,
            ["cached answers"] = await app.Answers.GetAnswerAsync(new('a', 64), Cancellation) is not null,
            ["keys of requests"] = await app.Requests.AddAsync("old", "second", Cancellation) == "first",
        };
        kept.Where(entry => entry.Value).Select(entry => entry.Key).ShouldBe([kind]);
    }

    [Fact]
    public async Task A_search_whose_orchestrations_cannot_be_asked_for_keeps_nothing_else()
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings("30"));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.Answers.PutAnswerAsync(new('a', 64), "old", Cancellation);
        app.Settings.Time.Advance(TimeSpan.FromDays(31));
        AwayClient away = new(app.Durable);
        (await Should.ThrowAsync<InvalidOperationException>(() => Purge(app, app.Rows).RunAsync(new(), away, Cancellation))).Message
            .ShouldBe($"Kept what was to be purged: {SearchApp.RunId}. The backend does not answer.");
        (await RunsAsync(app)).ShouldBe([SearchApp.RunId]);
        (await app.Answers.GetAnswerAsync(new('a', 64), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Cached_answers_and_keys_of_requests_are_purged_by_the_same_age_and_latency_tables_are_kept_for_ever()
    {
        await using SearchApp app = await SearchApp.StartAsync(Settings("30"));
        DeviceRepository devices = app.Services.GetRequiredService<DeviceRepository>();
        DeviceTable table = new("board", "cifar10", app.Settings.Time.GetUtcNow(), [1, 2]);
        await devices.PutAsync(table, Cancellation);
        await devices.PutAsync(table with { LatencyMs = [3, 4] }, Cancellation);
        await app.Answers.PutAnswerAsync(new('a', 64), "old", Cancellation);
        await app.Requests.AddAsync("old", "first", Cancellation);
        app.Settings.Time.Advance(TimeSpan.FromDays(29));
        await app.Answers.PutAnswerAsync(new('b', 64), "young", Cancellation);
        await app.Requests.AddAsync("young", "first", Cancellation);
        app.Settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);

        (await app.Answers.GetAnswerAsync(new('a', 64), Cancellation)).ShouldBeNull();
        (await app.Answers.GetAnswerAsync(new('b', 64), Cancellation)).ShouldBe("young");
        (await app.Requests.AddAsync("old", "second", Cancellation)).ShouldBe("second");
        (await app.Requests.AddAsync("young", "second", Cancellation)).ShouldBe("first");
        app.Settings.Time.Advance(TimeSpan.FromDays(10_000));
        await PurgeAsync(app);
        (await devices.GetAsync("board", "cifar10", table.Version, Cancellation)).ShouldNotBeNull();
        (await devices.GetAsync("board", "cifar10", version: null, Cancellation))!.LatencyMs[0].ShouldBe(3);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("30")]
    public async Task What_was_deleted_while_it_ran_goes_after_a_day_whatever_age_is_set(string days)
    {
        GatedChatClient gate = new();
        SearchAppSettings settings = Settings(days) with
        {
            Configure = services => services.AddSingleton<IChatClient>(gate),
            EnableHttp = true,
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(SearchApp.SmallSearch());
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{SearchApp.RunId}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);

        // What waited for the proposer has ended by the next night, however slow it is.
        gate.Open();
        for (int partition = 0; partition < 6; partition++)
        {
            await app.FinishAsync($"{SearchApp.RunId}-g1-p{partition}");
        }

        settings.Time.Advance(PurgeResults.DeletedAge);
        await PurgeAsync(app);
        (await app.Runs.IsDeletedAsync(SearchApp.RunId, Cancellation)).ShouldBeTrue();
        (await app.Runs.ReadAsync(SearchApp.RunId, 0, int.MaxValue, Cancellation)).ShouldNotBeEmpty();

        settings.Time.Advance(TimeSpan.FromSeconds(1));
        await PurgeAsync(app);
        (await app.Runs.IsDeletedAsync(SearchApp.RunId, Cancellation)).ShouldBeFalse();
        (await app.Runs.ReadAsync(SearchApp.RunId, 0, int.MaxValue, Cancellation)).ShouldBeEmpty();
        (await app.InstancesAsync(SearchApp.RunId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deletion_that_did_not_come_to_end_the_search_is_made_up_for()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        await app.ScheduleForLaterAsync(nameof(SearchOrchestrator), Pending, new SearchInput(SearchApp.SmallSearch()));
        await app.Runs.DeleteAsync(Pending, app.Settings.Time.GetUtcNow(), Cancellation);

        app.Settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);
        (await app.FinishAsync(Pending)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        (await app.Runs.IsDeletedAsync(Pending, Cancellation)).ShouldBeTrue();

        await PurgeAsync(app);
        (await app.Durable.GetInstanceAsync(Pending, Cancellation)).ShouldBeNull();
        (await app.Runs.IsDeletedAsync(Pending, Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_set_age_results_are_kept_for_ever()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        app.Settings.Time.Advance(TimeSpan.FromDays(10_000));
        await PurgeAsync(app);
        (await RunsAsync(app)).ShouldBe([SearchApp.RunId]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("3651")]
    public async Task An_age_outside_the_range_stops_the_start(string days) =>
        (await Should.ThrowAsync<OptionsValidationException>(async () => await SearchApp.StartAsync(Settings(days))))
            .Message.ShouldContain("PelNas:Results:RetentionDays");

    private SearchAppSettings Settings(string days) => new SearchAppSettings(Folder.Path).With("PelNas:Results:RetentionDays", days);

    private static PurgeResults Purge(SearchApp app, IRowStore rows) => ActivatorUtilities.CreateInstance<PurgeResults>(
        app.Services, new RunRepository(rows), new AnswerRepository(rows, app.Settings.Time),
        new RequestRepository(rows, app.Settings.Time));

    private static Task PurgeAsync(SearchApp app) => app.CreateFunction<PurgeResults>().RunAsync(new(), app.Durable, Cancellation);

    private static async Task<IEnumerable<string>> RunsAsync(SearchApp app)
        => (await app.Runs.ListAsync(10, null, Cancellation)).Runs.Select(run => run.RunId);

    private sealed class AwayClient(DurableTaskClient inner) : PassingClient(inner)
    {
        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
            => throw new IOException("The backend does not answer.");
    }
}
