using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary>Suspends and resumes searches that are alive.</summary>
internal static class SearchControl
{
    /// <summary>
    /// Brings a search into the wanted state and answers 202, also when it is in it already: the Functions host refuses to suspend what is
    /// suspended and to resume what is not. 404 when there is no such search, 409 when it has ended or is run elsewhere.
    /// </summary>
    public static async Task<IResult> BringAsync(
        HttpRequest request, string id, bool isSuspended, IRunStore store, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } state)
        {
            return SearchAnswers.Unknown(id);
        }

        if (!state.IsAlive)
        {
            return SearchAnswers.NotAlive(state);
        }

        if (Is(state, isSuspended))
        {
            return SearchAnswers.Accepted(request, id);
        }

        try
        {
            await (isSuspended
                ? client.SuspendInstanceAsync(id, "suspended over HTTP", cancellationToken)
                : client.ResumeInstanceAsync(id, "resumed over HTTP", cancellationToken));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It may have ended meanwhile, or another request been faster, and backends differ in how they say so: what counts is how it stands now.
            if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } now)
            {
                return SearchAnswers.Unknown(id);
            }

            if (!now.IsAlive)
            {
                return SearchAnswers.NotAlive(now);
            }

            if (!Is(now, isSuspended))
            {
                throw;
            }
        }

        return SearchAnswers.Accepted(request, id);
    }

    private static bool Is(SearchState state, bool isSuspended) => (state.Status == SearchStatus.Suspended) == isSuspended;
}
