using Microsoft.Extensions.Logging;
using PelNas.Functions.Tests.Support;
using PelNas.Local.Durable;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Schedules;

public sealed class WatchdogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_search_without_progress_is_reported_and_warned_of_once_and_let_be()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LogLines log = new();
        SearchAppSettings settings = new(_folder.Path) { Oracle = new CountingOracle { Gate = gate.Task }, Log = log };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        DateTimeOffset start = settings.Time.GetUtcNow();
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await Awaiting.For(settings.Oracle.Asked, "the search's first label");

        settings.Time.Advance(TimeSpan.FromMinutes(30));
        (await LookAsync(app)).Stuck.ShouldBeEmpty();

        settings.Time.Advance(TimeSpan.FromMinutes(1));
        WatchdogReport report = await LookAsync(app);
        await LookAsync(app);
        report.CheckedAt.ShouldBe(start.AddMinutes(31));
        report.Stuck.ShouldBe([new StuckSearch(SearchApp.RunId, start)]);
        log.Lines.Count(line => line.Level == LogLevel.Warning && line.Message.Contains($"{SearchApp.RunId} has made no progress", StringComparison.Ordinal)).ShouldBe(1);

        gate.SetResult();
        await app.FinishAsync();
        (await LookAsync(app)).Stuck.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_looks_every_ten_minutes()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LogLines log = new();
        SearchAppSettings settings = new(_folder.Path)
        {
            Oracle = new CountingOracle { Gate = gate.Task },
            Log = log,
            EnableTimers = true,
            Configuration = new Dictionary<string, string> { ["PelNas:Watchdog:StuckAfter"] = "00:05:00" },
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(SearchApp.SmallSearch(maxLabels: 6));
        await Awaiting.For(settings.Oracle.Asked, "the search's first label");

        settings.Time.Advance(TimeSpan.FromMinutes(10));
        await log.WaitForAsync($"{SearchApp.RunId} has made no progress since 2026-03-01 12:00:00Z");

        gate.SetResult();
        await settings.Commits.WaitForAsync(SearchApp.RunId, HistoryEventKind.ExecutionCompleted);
    }

    private static async Task<WatchdogReport> LookAsync(SearchApp app)
    {
        await app.CreateFunction<PelNas.Functions.Schedules.Watchdog>().RunAsync(new(), app.Client, Cancellation);
        return (await app.Store.GetWatchdogReportAsync(Cancellation)).ShouldNotBeNull();
    }
}
