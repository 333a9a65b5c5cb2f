namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>Stops the app at every commit of a search's history in turn, as a kill would, and starts it again on the same files.</summary>
public sealed class CrashSafetyTests
{
    private static readonly SearchRequest Request = SearchApp.SmallSearch(maxLabels: 8, generations: 2) with
    {
        PartitionScheme = "latency-quantile",
        Partitions = 2,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_search_that_is_stopped_at_any_event_ends_as_if_it_had_not_been(bool stopsBefore)
    {
        Outcome undisturbed;
        using (TemporaryFolder folder = new())
        {
            undisturbed = await RunToEndAsync(new SearchAppSettings(folder.Path));
        }

        undisturbed.Paid.Values.ShouldAllBe(times => times == 1);
        undisturbed.Calls.Values.ShouldAllBe(times => times == 1);

        long commit = 0;
        for (bool hasStopped = true; hasStopped;)
        {
            commit++;
            using TemporaryFolder folder = new();
            SearchAppSettings settings = new(folder.Path) { Commits = new CommitLog { StopAt = commit, StopsBefore = stopsBefore } };
            hasStopped = await StopAsync(settings);
            Outcome resumed = await RunToEndAsync(settings with { Commits = new CommitLog() });
            string place = $"stopped {(stopsBefore ? "before" : "after")} commit {commit}";
            resumed.Result.ShouldBe(undisturbed.Result, place);
            resumed.Store.ShouldBe(undisturbed.Store, place);
            resumed.Paid.ShouldBe(undisturbed.Paid, ignoreOrder: true, place);
            resumed.Calls.ShouldBe(undisturbed.Calls, ignoreOrder: true, place);
        }

        // Each of three generations of two partitions has some ten commits, so a loop that ended early shows.
        commit.ShouldBeGreaterThan(40);
    }

    /// <summary>Runs until the engine stops.</summary>
    /// <returns>False when the search had ended before.</returns>
    private static async Task<bool> StopAsync(SearchAppSettings settings)
    {
        await using SearchApp app = await SearchApp.StartAsync(settings);
        try
        {
            await app.RunAsync(Request);
            return settings.Commits.HasStopped;
        }
        catch (CommitLog.StoppedException)
        {
            return true;
        }
    }

    private static async Task<Outcome> RunToEndAsync(SearchAppSettings settings)
    {
        string result;
        await using (SearchApp app = await SearchApp.StartAsync(settings))
        {
            if (await app.Durable.GetInstanceAsync(SearchApp.RunId, Cancellation) is null)
            {
                await app.ScheduleAsync(Request);
            }

            OrchestrationMetadata ended = await app.FinishAsync();
            ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
            SearchResult content = await app.ResultAsync();
            result = content.ToJson();
        }

        return new Outcome(result, await StoreDump.ReadAsync(settings.StorePath), settings.Oracle.Paid, settings.Calls);
    }

    private sealed record Outcome(
        string Result, string Store, ConcurrentDictionary<int, int> Paid, ConcurrentDictionary<string, int> Calls);
}
