using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, searches that were deleted while they ran and, where an age is set, searches that started long enough ago and do
/// not run any more, with their histories, and cached answers and keys of requests of that age. A night removes so much of each and no
/// more; what cannot be removed keeps nothing else, is named at the end, and goes the next night.
/// </summary>
public sealed class PurgeResults(
    RunRepository runs, AnswerRepository answers, RequestRepository requests, IOptions<ResultsOptions> options, TimeProvider time,
    ILogger<PurgeResults> logger)
{
    /// <summary>Most searches that are removed in one night.</summary>
    public const int MaxSearches = 1_000;

    /// <summary>Most that is removed in one night of each other kind.</summary>
    public const int MaxOthers = 10_000;

    /// <summary>
    /// How long the rows of a search that was deleted while it ran stay: longer than a step waits in the queues of an app that runs, so
    /// that none comes after them and leaves a row.
    /// </summary>
    public static readonly TimeSpan DeletedAge = TimeSpan.FromDays(1);

    private const int PageSize = 100;
    private const int MaxNamed = 10;

    /// <exception cref="InvalidOperationException">Something could not be removed; all else was.</exception>
    [Function(nameof(PurgeResults))]
    public async Task RunAsync(
        [TimerTrigger("0 15 4 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        Night night = new(client, [], cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<string> deleted = await TryAsync(
            night, "the list of deleted searches", () => runs.ListDeletedAsync(now - DeletedAge, cancellationToken)) ?? [];
        foreach (string runId in deleted.Take(MaxSearches))
        {
            await TryAsync(night, runId, () => PurgeDeletedAsync(night, runId));
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

    private async Task PurgeByAgeAsync(Night night, DateTimeOffset limit)
    {
        int searches = await PurgeSearchesAsync(night, limit);
        int oldAnswers = await TryAsync(night, "cached answers", () => answers.DeleteBeforeAsync(limit, MaxOthers, night.Cancellation));
        int oldKeys = await TryAsync(night, "keys of requests", () => requests.DeleteBeforeAsync(limit, MaxOthers, night.Cancellation));
        logger.LogInformation(
            "Purged {Count} searches, {Answers} cached answers and {Keys} keys of requests of before {Limit:u}.",
            searches, oldAnswers, oldKeys, limit);
    }

    private async Task<int> PurgeSearchesAsync(Night night, DateTimeOffset limit)
    {
        int purged = 0;
        string? continuation = null;
        do
        {
            RunPage? page = await TryAsync(
                night, "the list of searches", () => runs.ListAsync(PageSize, continuation, night.Cancellation, limit));
            foreach (RunRow run in (page?.Runs ?? []).TakeWhile(_ => purged < MaxSearches))
            {
                purged += await TryAsync(night, run.RunId, () => RemoveAsync(night, run.RunId)) ? 1 : 0;
            }

            continuation = page?.Continuation;
        }
        while (continuation is not null && purged < MaxSearches);

        return purged;
    }

    private async Task<bool> RemoveAsync(Night night, string runId)
        => await SearchState.FindAsync(runs, night.Client, runId, night.Cancellation) is { Instance: null or { IsCompleted: true } }
            && await PurgeAsync(night, runId);

    private async Task<bool> PurgeDeletedAsync(Night night, string runId)
    {
        // The deletion marked it and did not come to end it; its row stays until it has ended, or it would be found again.
        if (await night.Client.GetInstanceAsync(runId, night.Cancellation) is { IsCompleted: false })
        {
            await night.Client.EndAsync(runId, new TerminateInstanceOptions(Output: "deleted", Recursive: true), night.Cancellation);
            return false;
        }

        return await PurgeAsync(night, runId);
    }

    // With its history: a search whose orchestration alone is left would look as if it had not begun.
    private async Task<bool> PurgeAsync(Night night, string runId)
    {
        await night.Client.PurgeInstanceAsync(runId, new PurgeInstanceOptions(Recursive: true), night.Cancellation);
        await runs.PurgeAsync(runId, night.Cancellation);
        return true;
    }

    // Whatever it is, of the store or of the orchestrations' backend, it ends the night for this one alone and is thrown when all else is
    // done.
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

/// <summary>Settings of <see cref="PurgeResults"/>, from the configuration section <c>PelNas:Results</c>.</summary>
public sealed class ResultsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Results";

    /// <summary>Days for which a search's results are kept, from its start; 0 for ever.</summary>
    public int RetentionDays { get; set; }
}
