using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary>Tells searches that are alive to do something.</summary>
internal static class SearchControl
{
    /// <summary>Does it and answers 202; 404 when there is no such search, 409 when it has ended or is run elsewhere.</summary>
    public static async Task<IResult> TellAsync(
        HttpRequest request, string id, IRunStore store, DurableTaskClient client, Func<Task> tell, CancellationToken cancellationToken)
    {
        if (await SearchState.FindAsync(store, client, id, cancellationToken) is not { } state)
        {
            return SearchAnswers.Unknown(id);
        }

        if (!state.IsAlive)
        {
            return SearchAnswers.NotAlive(state);
        }

        await tell();
        return SearchAnswers.Accepted(request, id);
    }
}
