namespace PelNas.Functions.Http.Searches;

/// <summary>Suspends and resumes searches that are alive.</summary>
internal static class SearchControl
{
    // Together longer than the storage backend takes to hand a search what was asked of it, and short for who waits for the answer.
    private const int MostLooks = 25;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Brings a search into the wanted state and answers 202, also when it is in it already: the Functions host refuses to suspend what is
    /// suspended and to resume what is not. So the answer waits, for five seconds at most, until the state is in force, or the opposite
    /// request sent next would find nothing to do. 404 when there is no such search, 409 when it has ended or is run elsewhere.
    /// </summary>
    public static async Task<IResult> BringAsync(
        HttpRequest request, string id, bool isSuspended, RunRepository runs, DurableTaskClient client, TimeProvider time,
        CancellationToken cancellationToken)
    {
        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);

        if (Is(Alive(state), isSuspended))
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
            // It may have ended meanwhile, or another request been faster, and backends differ in how they say so: what counts is how it
            // stands now.
            SearchState now = await SearchState.GetAsync(runs, client, id, cancellationToken);
            if (!Is(Alive(now), isSuspended))
            {
                throw;
            }
        }

        for (int look = 0; look < MostLooks; look++)
        {
            if (await SearchState.FindAsync(runs, client, id, cancellationToken) is not { IsAlive: true } now || Is(now, isSuspended))
            {
                break;
            }

#pragma warning disable RS0030 // An HTTP function is not replayed.
            await Task.Delay(BetweenLooks, time, cancellationToken);
#pragma warning restore RS0030
        }

        return SearchAnswers.Accepted(request, id);
    }

    private static SearchState Alive(SearchState state) => state.IsAlive ? state : throw SearchAnswers.NotAlive(state);

    private static bool Is(SearchState state, bool isSuspended) => (state.Status == SearchStatus.Suspended) == isSuspended;
}
