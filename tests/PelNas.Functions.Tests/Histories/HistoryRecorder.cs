using System.Runtime.CompilerServices;

namespace PelNas.Functions.Tests.Histories;

/// <summary>Runs every orchestrator of this build and writes the histories to files. <c>README.md</c> beside this file says when.</summary>
internal static class HistoryRecorder
{
    /// <summary>The build whose histories are recorded, as the files' names begin.</summary>
    public const string Version = "0.1.0";

    /// <summary>What the test program is called with in order to record.</summary>
    public const string Verb = "record-histories";

    private const string SecondRunId = "20260301-120001-test";
    private const string SweepId = "sweep-20260301-120000";

    private static readonly SearchRequest Search = SearchApp.SmallSearch(maxLabels: 12, generations: 3) with
    {
        PartitionScheme = "latency-quantile",
        Partitions = 2,
    };

    /// <summary>Writes the histories beside this file, in place of those of the same version.</summary>
    public static async Task<int> RunAsync()
    {
        await RecordAsync(SourceFolder());
        return 0;
    }

    /// <summary>Writes one file per history, <c>{version}-{what}.json</c>.</summary>
    /// <param name="target">The folder for the files.</param>
    public static async Task RecordAsync(string target)
    {
        using TemporaryFolder folder = new();
        await using (SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Path.Combine(folder.Path, "completed"))))
        {
            await app.RunAsync(Search);
            await WriteAsync(app, SearchApp.RunId, target, "search-completed");
            await WriteAsync(app, $"{SearchApp.RunId}-g0-p0", target, "partition-seeded");
            await WriteAsync(app, $"{SearchApp.RunId}-g1-p1", target, "partition-completed");
            await app.RunAsync(Search with { Generations = 6, MaxLabels = 100 }, SecondRunId);
            await WriteAsync(app, SecondRunId, target, "search-continued");
        }

        await using (SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Path.Combine(folder.Path, "stopped"))))
        {
            await app.RunAsync(Search with { MaxLlmCalls = 3 });
            await WriteAsync(app, SearchApp.RunId, target, "search-stopped-by-budget");
        }

        await RecordRetryAsync(Path.Combine(folder.Path, "retried"), target);

        SearchAppSettings failing = new(Path.Combine(folder.Path, "failed")) { Answer = SearchAppSettings.KnowsNoEyeriss };
        await using (SearchApp app = await SearchApp.StartAsync(failing))
        {
            SweepRequest request = new()
            {
                Contexts = ["cifar10:fpga", "cifar10:eyeriss", "cifar100:fpga"],
                MaxLabels = 20,
                Generations = 1,
            };
            await app.Durable.ScheduleNewOrchestrationInstanceAsync(
                nameof(ActiveSweepOrchestrator),
                new ActiveSweepInput(SweepId, new SweepInput(request, Night: null, IsLate: false)),
                new StartOrchestrationOptions(InstanceId: ActiveSweepOrchestrator.InstanceId));
            await WriteAsync(app, ActiveSweepOrchestrator.InstanceId, target, "active-sweep-completed");
            await WriteAsync(app, SweepId, target, "sweep-completed");
            await WriteAsync(app, "20260301-120000-sweep-cifar10-eyeriss", target, "search-failed");
        }
    }

    /// <summary>A partition whose call to the proposer fails once and is made again after a timer.</summary>
    private static async Task RecordRetryAsync(string folder, string target)
    {
        int calls = 0;
        SearchAppSettings settings = new(folder)
        {
            Answer = _ => Interlocked.Increment(ref calls) == 1 ? throw new TimeoutException("The proposer does not answer.") : null,
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(Search with { Generations = 2, Partitions = 2 });
        string[] partitions = [$"{SearchApp.RunId}-g1-p0", $"{SearchApp.RunId}-g1-p1"];
        Task<string>[] waits = [.. partitions.Select(partition => RetriesAsync(settings, partition))];
        string retried = await await Task.WhenAny(waits);
        settings.Time.Advance(TimeSpan.FromSeconds(15));
        await app.FinishAsync();
        await WriteAsync(app, retried, target, "partition-retried");
    }

    private static async Task<string> RetriesAsync(SearchAppSettings settings, string instanceId)
    {
        await settings.Commits.WaitForAsync(instanceId, EventType.TimerCreated);
        return instanceId;
    }

    private static async Task WriteAsync(SearchApp app, string instanceId, string target, string name)
    {
        await app.FinishAsync(instanceId);
        RecordedHistory history = await RecordedHistory.ReadAsync(app.Durable, instanceId, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(target, $"{Version}-{name}.json"), history.ToJson() + "\n");
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
