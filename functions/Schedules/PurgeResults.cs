using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, searches that started long enough ago and do not run any more, with their histories, and what else in the store is of
/// that age and of no use: cached answers, claimed keys, versions of latency tables that no run was planned with. Without a set age it removes
/// nothing of these. Tombstones of deleted runs have an age of their own. A night removes so much of each and no more; what cannot be
/// removed keeps nothing else, is named at the end, and goes the next night.
/// </summary>
public sealed class PurgeResults(
    IRunStore store, SearchRemover remover, IOptions<ResultsOptions> options, TimeProvider time, ILogger<PurgeResults> logger)
{
    /// <summary>Most searches that are removed in one night.</summary>
    public const int MaxSearches = 1_000;

    /// <summary>Most that is removed in one night of each other kind.</summary>
    public const int MaxOthers = 10_000;

    /// <summary>
    /// How long a tombstone stays: far longer than a step waits in the queues of an app that runs. One that did not run may have steps of any
    /// age in them, and removes none in its first night.
    /// </summary>
    public static readonly TimeSpan TombstoneAge = TimeSpan.FromDays(30);

    private const int PageSize = 100;
    private const int MaxNamed = 10;

    // A night that comes late, after a restart or since nothing was awake at the hour, is no stop.
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(2);

    /// <summary>The timer function.</summary>
    /// <exception cref="InvalidOperationException">Something could not be removed; all else was.</exception>
    [Function(nameof(PurgeResults))]
    public async Task RunAsync([TimerTrigger("0 15 4 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        Night night = new(client, [], cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (!IsAfterStop(timer, now))
        {
            int tombstones = await TryAsync(
                night, "tombstones of deleted searches", () => store.DeleteTombstonesAsync(now - TombstoneAge, MaxSearches, cancellationToken));
            logger.LogInformation("Purged {Tombstones} tombstones of deleted searches.", tombstones);
        }

        if (options.Value.RetentionDays > 0)
        {
            await PurgeByAgeAsync(night, now - TimeSpan.FromDays(options.Value.RetentionDays));
        }

        if (night.Failed is [(_, var first), ..])
        {
            string names = string.Join(", ", night.Failed.Take(MaxNamed).Select(failure => failure.What));
            string more = night.Failed.Count > MaxNamed ? $" and {night.Failed.Count - MaxNamed} more" : "";
            throw new InvalidOperationException($"Kept what was to be purged: {names}{more}. {first.Message}", first);
        }
    }

    private static bool IsAfterStop(TimerInfo timer, DateTimeOffset now)
        => timer.ScheduleStatus is { Last: var last } && last != default && now - last.ToUniversalTime() > LongestPause;

    private async Task PurgeByAgeAsync(Night night, DateTimeOffset limit)
    {
        int searches = await PurgeSearchesAsync(night, limit);
        int answers = await TryAsync(night, "cached answers", () => store.DeleteChatAnswersAsync(limit, MaxOthers, night.Cancellation));
        int claims = await TryAsync(night, "claimed keys", () => store.DeleteClaimsAsync(limit, MaxOthers, night.Cancellation));
        int tables = await TryAsync(night, "latency tables", async ()
            => await store.DeleteDeviceTablesAsync(limit, await UsedTablesAsync(night.Cancellation), MaxOthers, night.Cancellation));
        logger.LogInformation(
            "Purged {Count} searches, {Answers} cached answers, {Claims} claimed keys and {Tables} versions of latency tables of before {Limit:u}.",
            searches, answers, claims, tables, limit);
    }

    private async Task<int> PurgeSearchesAsync(Night night, DateTimeOffset limit)
    {
        int purged = 0;
        string? continuation = null;
        do
        {
            RunPage? page = await TryAsync(night, "the list of searches", () => store.ListRunsBeforeAsync(limit, PageSize, continuation, night.Cancellation));
            foreach (RunRow run in (page?.Runs ?? []).TakeWhile(_ => purged < MaxSearches))
            {
                purged += await TryAsync(night, run.RunId, () => RemoveAsync(night, run.RunId)) ? 1 : 0;
            }

            continuation = page?.Continuation;
        }
        while (continuation is not null && purged < MaxSearches);

        return purged;
    }

    // With its history: a search whose orchestration alone is left would look as if it had not begun.
    private async Task<bool> RemoveAsync(Night night, string runId)
        => await SearchState.FindAsync(store, night.Client, runId, night.Cancellation) is { Instance: null or { IsCompleted: true } } state
            && await remover.RemoveAsync(runId, state.Partitions, night.Client, night.Cancellation);

    /// <summary>The versions of uploaded latency tables that runs were planned with.</summary>
    private async Task<HashSet<DeviceTableVersion>> UsedTablesAsync(CancellationToken cancellationToken)
    {
        HashSet<DeviceTableVersion> used = [];
        string? continuation = null;
        do
        {
            RunPage page = await store.ListRunsAsync(StoreGuard.MaxPageSize, continuation, cancellationToken);
            used.UnionWith(page.Runs.Where(run => run.DeviceTable is not null)
                .Select(run => new DeviceTableVersion(run.Request.Device, run.Request.Dataset, run.DeviceTable!)));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return used;
    }

    // Whatever it is, of the store or of the orchestrations' backend, it ends the night for this one alone and is thrown when all else is done.
    private async Task<T?> TryAsync<T>(Night night, string what, Func<Task<T>> purge)
    {
        try
        {
            return await purge();
        }
        catch (Exception exception) when (!night.Cancellation.IsCancellationRequested)
        {
            logger.LogWarning(exception, "Not purged: {What}.", what);
            night.Failed.Add((what, exception));
            return default;
        }
    }

    private sealed record Night(DurableTaskClient Client, List<(string What, Exception Fault)> Failed, CancellationToken Cancellation);
}
