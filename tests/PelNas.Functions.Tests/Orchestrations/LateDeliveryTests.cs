namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>Activities that a host delivers once more when the search has long gone on, or its run was deleted.</summary>
public sealed class LateDeliveryTests
{
    [Fact]
    public async Task Every_activity_of_a_search_that_is_delivered_again_after_its_end_leaves_the_store_as_it_is()
    {
        using TemporaryFolder folder = new();
        SearchAppSettings settings = new(folder.Path) { Activities = new RecordedActivities() };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 40));
        string after = await StoreDump.ReadAsync(settings.StorePath);
        (ActivityCall Call, Func<Task<string?>> Again)[] calls = [.. settings.Activities.Calls];
        calls.Select(recorded => recorded.Call.Name).Distinct().Count().ShouldBe(11);
        foreach ((ActivityCall call, Func<Task<string?>> again) in calls)
        {
            await again();
            (await StoreDump.ReadAsync(settings.StorePath)).ShouldBe(after, $"{call.Name} {call.Input}");
        }
    }

    [Fact]
    public async Task Every_activity_that_is_delivered_again_after_the_run_was_deleted_fails_for_good_and_brings_nothing_back()
    {
        using TemporaryFolder folder = new();
        SearchAppSettings settings = new(folder.Path) { Activities = new RecordedActivities() };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 40));
        await app.Runs.DeleteAsync(SearchApp.RunId, settings.Time.GetUtcNow(), Cancellation);
        string after = await StoreDump.ReadAsync(settings.StorePath);
        (ActivityCall Call, Func<Task<string?>> Again)[] calls = [.. settings.Activities.Calls];
        calls.Select(recorded => recorded.Call.Name).Distinct().Count().ShouldBe(11);
        foreach ((ActivityCall call, Func<Task<string?>> again) in calls)
        {
            Exception failure = await Should.ThrowAsync<Exception>(again);
            Retries.IsHopeless(TaskFailureDetails.FromException(failure)).ShouldBeTrue($"{call.Name}: {failure}");
            (await StoreDump.ReadAsync(settings.StorePath)).ShouldBe(after, $"{call.Name} {call.Input}");
        }
    }
}
