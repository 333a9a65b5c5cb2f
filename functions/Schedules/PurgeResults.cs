using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, what the store holds of searches that started long enough ago and do not run any more, and cached answers of that
/// age. Without a set age it removes nothing. A search that cannot be removed keeps none of the others; what was left goes the next night.
/// </summary>
public sealed class PurgeResults(IRunStore store, IOptions<ResultsOptions> options, TimeProvider time, ILogger<PurgeResults> logger)
{
    /// <summary>Most cached answers that are removed in one night.</summary>
    public const int MaxAnswers = 10_000;

    private const int PageSize = 100;
    private const int MaxNamed = 10;

    /// <summary>The timer function.</summary>
    /// <exception cref="StoreException">Some results could not be removed; all others were.</exception>
    [Function(nameof(PurgeResults))]
    public async Task RunAsync([TimerTrigger("0 15 4 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (options.Value.RetentionDays == 0)
        {
            return;
        }

        DateTimeOffset limit = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        List<(string RunId, StoreException Fault)> failed = [];
        int purged = 0;
        string? continuation = null;
        do
        {
            RunPage page = await store.ListRunsBeforeAsync(limit, PageSize, continuation, cancellationToken);
            foreach (RunRow run in page.Runs)
            {
                if (await client.GetInstanceAsync(run.RunId, cancellationToken) is null or { IsCompleted: true })
                {
                    purged += await DeleteAsync(run.RunId, failed, cancellationToken);
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        int answers = await store.DeleteChatAnswersAsync(limit, MaxAnswers, cancellationToken);
        logger.LogInformation("Purged the results of {Count} searches and {Answers} cached answers of before {Limit:u}.", purged, answers, limit);
        if (failed.Count > 0)
        {
            string names = string.Join(", ", failed.Take(MaxNamed).Select(failure => failure.RunId));
            throw new StoreException(
                failed[0].Fault.Location, $"kept the results of {failed.Count} searches that were to be purged, among them {names}", failed[0].Fault.Fix, failed[0].Fault);
        }
    }

    private async Task<int> DeleteAsync(string runId, List<(string RunId, StoreException Fault)> failed, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteRunAsync(runId, cancellationToken);
            return 1;
        }
        catch (StoreException exception)
        {
            logger.LogWarning(exception, "The results of {RunId} were not purged.", runId);
            failed.Add((runId, exception));
            return 0;
        }
    }
}
