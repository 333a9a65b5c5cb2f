using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Tests.Support;
using PelNas.Local.Durable;
using PelNas.Shared.Runs;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>
/// Histories of earlier builds replay on this one, so that searches in hand go on after an update. <c>Histories/README.md</c> says
/// how to add some, and what to do when a change means to break them.
/// </summary>
public sealed class RecordedHistoryTests : IDisposable
{
    private const string Version = "0.1.0";
    private const string SweepId = "sweep-20260301-120000";

    private static readonly SearchRequest Search = SearchApp.SmallSearch(maxLabels: 12, generations: 3) with
    {
        PartitionScheme = "latency-quantile",
        Partitions = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Histories"), "*.json").Select(file => Path.GetFileName(file))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_history_of_an_earlier_build_replays(string file)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(_folder.Path));

        HistoryReplay.FindDifference(await ReadAsync(file), app.Services.GetRequiredService<IDurableFunctions>()).ShouldBeNull();
    }

    [Fact]
    public async Task Every_orchestrator_has_a_history()
    {
        RecordedHistory[] histories = await Task.WhenAll(Files.Select(file => ReadAsync(file.Data)));

        histories.Select(history => history.Name).Distinct().ShouldBe(
            [nameof(SearchOrchestrator), nameof(PartitionOrchestrator), nameof(SweepOrchestrator)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_history_in_which_a_step_has_another_name_does_not_replay(string file)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(_folder.Path));
        RecordedHistory history = await ReadAsync(file);
        HistoryEvent[] events = [.. history.Events.Select(e => e.Kind == HistoryEventKind.TaskScheduled ? e with { Name = "Renamed" } : e)];

        HistoryReplay.FindDifference(history with { Events = events }, app.Services.GetRequiredService<IDurableFunctions>()).ShouldNotBeNull().ShouldContain("Renamed");
    }

    /// <summary>Writes the histories of this build beside this file. Not a test: it runs only when asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Record()
    {
        await using (SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Path.Combine(_folder.Path, "completed"))))
        {
            await app.RunAsync(Search);
            await WriteAsync(app, "search-completed", SearchApp.RunId);
            await WriteAsync(app, "partition-continued-as-new", $"{SearchApp.RunId}-p0");
            await app.RunAsync(Search with { Generations = 2 }, "20260301-120001-test");
            await WriteAsync(app, "partition-completed", "20260301-120001-test-p1");
        }

        SearchAppSettings failing = new(Path.Combine(_folder.Path, "failed"))
        {
            Answer = payload => JsonDocument.Parse(payload).RootElement.GetProperty("objective").GetProperty("device").GetString() == "eyeriss"
                ? throw new ArgumentException("The proposer does not know eyeriss.")
                : null,
        };
        await using (SearchApp app = await SearchApp.StartAsync(failing))
        {
            SweepRequest request = new() { Contexts = ["cifar10:fpga", "cifar10:eyeriss", "cifar100:fpga"], MaxLabels = 20, Generations = 1 };
            await app.Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SweepOrchestrator), new SweepInput(request, Night: null, IsLate: false), new StartOrchestrationOptions(InstanceId: SweepId), Cancellation);
            await app.FinishAsync(SweepId);
            await WriteAsync(app, "sweep-completed", SweepId);
            await WriteAsync(app, "search-failed", "20260301-120000-sweep-cifar10-eyeriss");
        }
    }

    private static async Task WriteAsync(SearchApp app, string name, string instanceId)
    {
        await app.FinishAsync(instanceId);
        RecordedHistory history = app.Services.GetRequiredService<LocalDurableHistory>().Read(instanceId)!;
        history = history with { Events = [.. history.Events.Select(e => e with { Failure = WithoutStack(e.Failure) })] };
        await File.WriteAllTextAsync(Path.Combine(SourceFolder(), "..", "Histories", $"{Version}-{name}.json"), history.ToJson() + "\n", Cancellation);
    }

    /// <summary>Stacks name files of the machine that recorded them, and no orchestrator goes by them.</summary>
    private static TaskFailureDetails? WithoutStack(TaskFailureDetails? failure) =>
        failure is null ? null : failure with { StackTrace = null, InnerFailure = WithoutStack(failure.InnerFailure) };

    private static async Task<RecordedHistory> ReadAsync(string file) =>
        RecordedHistory.FromJson(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Histories", file), Cancellation));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
