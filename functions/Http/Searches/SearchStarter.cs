using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Runs;

namespace PelNas.Functions.Http.Searches;

/// <summary>Gives searches their ids and schedules them, each once.</summary>
/// <param name="keys">Idempotency keys.</param>
/// <param name="time">The clock that ids start with.</param>
public sealed class SearchStarter(IdempotencyKeys keys, TimeProvider time)
{
    private const string Scope = "searches";
    private const int SuffixLength = 8;

    // A search that exists is never replaced, whatever has become of it.
    private static readonly string[] AnyStatus =
    [
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Suspended),
        nameof(OrchestrationRuntimeStatus.Completed),
        nameof(OrchestrationRuntimeStatus.Failed),
        nameof(OrchestrationRuntimeStatus.Terminated),
    ];

    /// <summary>Starts a search, or finds the one that the key has started before.</summary>
    /// <param name="client">The orchestrations' client.</param>
    /// <param name="request">A valid request.</param>
    /// <param name="idempotencyKey">The caller's key, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The run id; null when the key stands for another request.</returns>
    public async Task<string?> StartAsync(DurableTaskClient client, SearchRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        string newId = RunIds.Create(time.GetUtcNow(), RandomNumberGenerator.GetHexString(SuffixLength, lowercase: true));
        string? id = idempotencyKey is null ? newId : await keys.ClaimAsync(Scope, idempotencyKey, newId, request, cancellationToken);
        if (id is not null)
        {
            await EnsureScheduledAsync(client, id, request, cancellationToken);
        }

        return id;
    }

    /// <summary>
    /// Schedules the search unless it is. The claim of a key comes first, so after a crash between the two the next request with the key
    /// finds the id claimed and no orchestration.
    /// </summary>
    private static async Task EnsureScheduledAsync(DurableTaskClient client, string id, SearchRequest request, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(id, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), request, new StartOrchestrationOptions(InstanceId: id) { DedupeStatuses = AnyStatus }, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A request with the same key may have been faster, and backends differ in how they say so: what counts is that it is there.
            if (await client.GetInstanceAsync(id, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}
