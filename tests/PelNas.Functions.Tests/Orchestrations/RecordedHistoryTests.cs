using PelNas.Functions.Tests.Histories;

namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>
/// Histories of earlier builds replay on this one, so that searches in hand go on after an update. <c>Histories/README.md</c> says
/// how to add some, and what to do when a change means to break them.
/// </summary>
public sealed class RecordedHistoryTests : FolderTest
{
    public static TheoryData<string> Files
        => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Histories"), "*.json").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_history_of_an_earlier_build_replays(string file)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));

        (await ReadAsync(file)).FindDifference(app.Services.GetRequiredService<IDurableFunctions>()).ShouldBeNull();
    }

    [Fact]
    public async Task Every_orchestrator_has_a_history()
    {
        RecordedHistory[] histories = await Task.WhenAll(Files.Select(file => ReadAsync(file.Data)));

        histories.Select(history => history.Name).Distinct().ShouldBe(
            [nameof(SearchOrchestrator), nameof(PartitionOrchestrator), nameof(SweepOrchestrator), nameof(ActiveSweepOrchestrator)],
            ignoreOrder: true);
    }

    [Fact]
    public async Task There_are_histories_with_a_timer_with_a_search_that_a_limit_stopped_and_with_one_that_goes_on_from_a_position()
    {
        RecordedHistory[] histories = await Task.WhenAll(Files.Select(file => ReadAsync(file.Data)));

        histories.ShouldContain(history =>
            history.Events.Any(e => e.EventType == EventType.TimerCreated) && history.Events.Any(e => e.EventType == EventType.TimerFired));
        histories.ShouldContain(history => history.Name == nameof(SearchOrchestrator)
            && history.Events.OfType<ExecutionCompletedEvent>().Any(e => e.Result!.Contains("\"llm-calls\"", StringComparison.Ordinal)));
        histories.ShouldContain(history => history.Name == nameof(SearchOrchestrator)
            && history.Events.OfType<ExecutionStartedEvent>().First().Input.Contains("\"position\":{", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_history_in_which_a_step_has_another_name_does_not_replay(string file)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        RecordedHistory history = await ReadAsync(file);
        foreach (TaskScheduledEvent step in history.Events.OfType<TaskScheduledEvent>())
        {
            step.Name = "Renamed";
        }

        foreach (SubOrchestrationInstanceCreatedEvent step in history.Events.OfType<SubOrchestrationInstanceCreatedEvent>())
        {
            step.Name = "Renamed";
        }

        history.FindDifference(app.Services.GetRequiredService<IDurableFunctions>()).ShouldNotBeNull().ShouldContain("Renamed");
    }

    [Fact]
    public async Task Histories_of_this_build_are_recorded_and_replay()
    {
        await HistoryRecorder.RecordAsync(Folder.Path);

        string[] written = Directory.GetFiles(Folder.Path, "*.json");
        written.Select(Path.GetFileName).ShouldBe(
            Files.Select(file => file.Data).Where(file => file.StartsWith($"{HistoryRecorder.Version}-", StringComparison.Ordinal)),
            ignoreOrder: true);
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        IDurableFunctions functions = app.Services.GetRequiredService<IDurableFunctions>();
        foreach (string file in written)
        {
            RecordedHistory history = RecordedHistory.FromJson(await File.ReadAllTextAsync(file, Cancellation));
            history.FindDifference(functions).ShouldBeNull(file);
        }
    }

    private static async Task<RecordedHistory> ReadAsync(string file) =>
        RecordedHistory.FromJson(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Histories", file), Cancellation));
}
