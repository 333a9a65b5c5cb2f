using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, what the store holds of searches that started long enough ago and do not run any more, and what else is of that age
/// and of no use: cached answers, claimed keys, versions of latency tables that no run was planned with. Without a set age it removes nothing
/// of these. Tombstones of deleted runs have an age of their own. A night removes so much of each and no more; what cannot be removed keeps
/// nothing else, is named at the end, and goes the next night.
/// </summary>
public sealed class PurgeResults(IRunStore store, IOptions<ResultsOptions> options, TimeProvider time, ILogger<PurgeResults> logger)
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

    /// <summary>The timer function.</summary>
    /// <exception cref="StoreException">Some results could not be removed; all others were.</exception>
    [Function(nameof(PurgeResults))]
    public async Task RunAsync([TimerTrigger("0 15 4 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<(string What, StoreException Fault)> failed = [];
        if (!timer.IsPastDue)
        {
            int tombstones = await TryAsync(
                "tombstones of deleted searches", () => store.DeleteTombstonesAsync(now - TombstoneAge, MaxSearches, cancellationToken), failed);
            logger.LogInformation("Purged {Tombstones} tombstones of deleted searches.", tombstones);
        }

        if (options.Value.RetentionDays > 0)
        {
            await PurgeByAgeAsync(client, now - TimeSpan.FromDays(options.Value.RetentionDays), failed, cancellationToken);
        }

        if (failed is [(_, var first), ..])
        {
            string names = string.Join(", ", failed.Take(MaxNamed).Select(failure => failure.What));
            string more = failed.Count > MaxNamed ? $" and {failed.Count - MaxNamed} more" : "";
            throw new StoreException(first.Location, $"kept what was to be purged: {names}{more}", first.Fix, first);
        }
    }

    private async Task PurgeByAgeAsync(
        DurableTaskClient client, DateTimeOffset limit, List<(string What, StoreException Fault)> failed, CancellationToken cancellationToken)
    {
        int searches = await TryAsync("the list of searches", () => PurgeSearchesAsync(client, limit, failed, cancellationToken), failed);
        int answers = await TryAsync("cached answers", () => store.DeleteChatAnswersAsync(limit, MaxOthers, cancellationToken), failed);
        int claims = await TryAsync("claimed keys", () => store.DeleteClaimsAsync(limit, MaxOthers, cancellationToken), failed);
        int tables = await TryAsync(
            "latency tables",
            async () => await store.DeleteDeviceTablesAsync(limit, await UsedTablesAsync(cancellationToken), MaxOthers, cancellationToken),
            failed);
        logger.LogInformation(
            "Purged the results of {Count} searches, {Answers} cached answers, {Claims} claimed keys and {Tables} versions of latency tables of before {Limit:u}.",
            searches, answers, claims, tables, limit);
    }

    private async Task<int> PurgeSearchesAsync(
        DurableTaskClient client, DateTimeOffset limit, List<(string What, StoreException Fault)> failed, CancellationToken cancellationToken)
    {
        int purged = 0;
        string? continuation = null;
        do
        {
            RunPage page = await store.ListRunsBeforeAsync(limit, PageSize, continuation, cancellationToken);
            foreach (RunRow run in page.Runs.TakeWhile(_ => purged < MaxSearches))
            {
                if (await client.GetInstanceAsync(run.RunId, cancellationToken) is null or { IsCompleted: true })
                {
                    purged += await TryAsync(run.RunId, () => DeleteAsync(run.RunId, cancellationToken), failed);
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null && purged < MaxSearches);

        return purged;
    }

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

    private async Task<int> DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        await store.DeleteRunAsync(runId, cancellationToken);
        return 1;
    }

    private async Task<int> TryAsync(string what, Func<Task<int>> purge, List<(string What, StoreException Fault)> failed)
    {
        try
        {
            return await purge();
        }
        catch (StoreException exception)
        {
            logger.LogWarning(exception, "Not purged: {What}.", what);
            failed.Add((what, exception));
            return 0;
        }
    }
}
