namespace PelNas.Functions.Tests.Schedules;

public sealed class PurgeHistoryTests : FolderTest
{
    [Fact]
    public async Task Histories_of_what_has_ended_are_kept_for_30_days_and_results_for_ever()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        await app.RunAsync(SearchApp.SmallSearch(maxLabels: 6));
        await app.ScheduleForLaterAsync(nameof(SearchOrchestrator), "20260301-120000-later", new SearchInput(SearchApp.SmallSearch()));

        app.Settings.Time.Advance(TimeSpan.FromDays(29));
        await PurgeAsync(app);
        (await InstancesAsync(app)).Count.ShouldBe(8);

        app.Settings.Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync(app);
        (await InstancesAsync(app)).ShouldBe(["20260301-120000-later"]);
        (await app.Runs.GetHistoryAsync(SearchApp.RunId, Cancellation)).Front.ShouldNotBeNull();
    }

    private static Task PurgeAsync(SearchApp app) => app.CreateFunction<PurgeHistory>().RunAsync(new(), app.Durable, Cancellation);

    private static async Task<List<string>> InstancesAsync(SearchApp app)
        => [.. (await app.InstancesAsync()).Select(instance => instance.InstanceId)];
}
