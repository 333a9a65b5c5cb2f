using System.Security.Cryptography;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.Searches;

/// <summary>Gives searches their ids and schedules them, each once.</summary>
/// <param name="keys">Idempotency keys.</param>
/// <param name="runs">The searches there are.</param>
/// <param name="time">The clock that ids start with.</param>
public sealed class SearchStarter(IdempotencyKeys keys, RunRepository runs, TimeProvider time)
{
    private const string Scope = "searches";
    private const int SuffixLength = 8;

    /// <summary>Starts a search, or finds the one that the key has started before, and returns its id.</summary>
    /// <param name="request">A valid request.</param>
    /// <param name="idempotencyKey">The caller's key, or null.</param>
    /// <exception cref="RefusedException">409: the key stands for another request, or for a search that was deleted.</exception>
    internal async Task<string> StartAsync(
        DurableTaskClient client, SearchRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // An id has to differ from that of any other request, and nothing of it is replayed.
        string newId = RunIds.Create(time.GetUtcNow(), RandomNumberGenerator.GetHexString(SuffixLength, lowercase: true));
#pragma warning restore RS0030
        string id = idempotencyKey is null
            ? newId
            : await keys.AddAsync(Scope, idempotencyKey, newId, request, cancellationToken) ?? throw Problems.KeyReused("search");

        // The key comes first, so after a crash between the two the next request with it finds the id and nothing more.
        // A search whose history was purged is still in the store.
        if (id != newId && await runs.IsDeletedAsync(id, cancellationToken))
        {
            throw Problems.Conflict(
                $"The search {id}, which this {IdempotencyKeys.Header} stands for, was deleted. Use a new key for a new search.");
        }

        if (await runs.GetAsync(id, cancellationToken) is null)
        {
            await client.StartSearchOnceAsync(id, new SearchInput(request), cancellationToken);
        }

        return id;
    }
}
