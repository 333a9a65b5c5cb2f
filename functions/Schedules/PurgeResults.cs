using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>
/// Removes, every night, what the store holds of searches that started long enough ago and do not run any more. Without a set age it
/// removes nothing. Cut short, it goes on the next night.
/// </summary>
public sealed class PurgeResults(IRunStore store, IOptions<ResultsOptions> options, TimeProvider time, ILogger<PurgeResults> logger)
{
    private const int PageSize = 100;

    /// <summary>The timer function.</summary>
    [Function(nameof(PurgeResults))]
    public async Task RunAsync([TimerTrigger("0 15 4 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (options.Value.RetentionDays == 0)
        {
            return;
        }

        DateTimeOffset limit = time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays);
        int purged = 0;
        string? continuation = null;
        do
        {
            RunPage page = await store.ListRunsBeforeAsync(limit, PageSize, continuation, cancellationToken);
            foreach (RunRow run in page.Runs)
            {
                if (await client.GetInstanceAsync(run.RunId, cancellationToken) is null or { IsCompleted: true })
                {
                    await store.DeleteRunAsync(run.RunId, cancellationToken);
                    purged++;
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        logger.LogInformation("Purged the results of {Count} searches of before {Limit:u}.", purged, limit);
    }
}
