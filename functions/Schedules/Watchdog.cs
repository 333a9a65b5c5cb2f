using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Looks every ten minutes for searches, and sweeps that do not begin, without progress, warns of new ones and keeps the list in the store.
/// It ends none of them: a slow proposer looks the same as a dead one, and which it is is for people to say.
/// </summary>
public sealed class Watchdog(WatchdogRepository reports, IOptions<WatchdogOptions> options, TimeProvider time, ILogger<Watchdog> logger)
{
    /// <summary>Most searches in a report.</summary>
    public const int MaxReported = 200;

    [Function(nameof(Watchdog))]
    public async Task RunAsync(
        [TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset limit = now - options.Value.StuckAfter;
        OrchestrationCensus census = await OrchestrationCensus.TakeAsync(client, cancellationToken);
        StuckSearch[] stuck = [.. census.LastMoves().Where(search => search.LastProgressAt < limit).OrderBy(search => search.LastProgressAt)
            .Take(MaxReported)];

        WatchdogReport? last = await reports.GetAsync(cancellationToken);
        HashSet<string> known = [.. last?.Stuck.Select(search => search.RunId) ?? []];
        foreach (StuckSearch search in stuck.Where(search => !known.Contains(search.RunId)))
        {
            logger.LogWarning("Search {RunId} has made no progress since {LastProgressAt:u}.", search.RunId, search.LastProgressAt);
        }

        SearchMetrics.SearchesRunning.Record(census.RunningSearches);
        SearchMetrics.SearchesStuck.Record(stuck.Length);
        await reports.PutAsync(new WatchdogReport(now, stuck), cancellationToken);
    }
}

/// <summary>Settings of <see cref="Watchdog"/>, from the configuration section <c>PelNas:Watchdog</c>.</summary>
public sealed class WatchdogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Watchdog";

    /// <summary>A running search without progress for longer than this is taken to be stuck.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(30);
}
