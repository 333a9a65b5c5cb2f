using System.Globalization;
using PelNas.Shared.Reports;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}/candidates</c>: what a search has proposed, as it stood after a generation, page by page.</summary>
public sealed class GetCandidates(RunRepository runs, RunContexts contexts)
{
    private const int DefaultTop = 200;
    private const int MaxTop = 1000;

    [Function(nameof(GetCandidates))]
    [QueryNames("generation", "top", "continuation")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/candidates")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        int? generation = query.WholeNumber("generation", 0, RequestLimits.MaxGenerations);
        int top = query.WholeNumber("top", 1, MaxTop) ?? DefaultTop;
        string? continuation = query.Text("continuation");
        query.Check();

        if (Place(continuation) is not var (partition, index))
        {
            throw Problems.InvalidContinuation();
        }

        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);
        RunRow run = state.Planned;
        return JsonResults.Of(await PageAsync(run, generation ?? run.Request.Generations, top, partition, index, cancellationToken));
    }

    /// <summary>The candidates after an index of a partition.</summary>
    private async Task<CandidateList> PageAsync(
        RunRow run, int generation, int top, int partition, int index, CancellationToken cancellationToken)
    {
        ISearchSpace space = (await contexts.OfAsync(run, cancellationToken)).Space;
        RunHistory history = (await runs.GetHistoryAsync(run.RunId, cancellationToken)).Through(generation);
        CandidateView[] found =
        [
            .. history.Candidates()
                .Where(candidate => candidate.Partition > partition || (candidate.Partition == partition && candidate.Row.Index > index))
                .Take(top + 1)
                .Select(candidate => CandidateView.Of(candidate.Row, candidate.Partition, space)),
        ];
        return found.Length > top
            ? new CandidateList(run.RunId, generation, found[..top], $"{found[top - 1].Partition}.{found[top - 1].Index}")
            : new CandidateList(run.RunId, generation, found, null);
    }

    /// <summary>
    /// The partition and index of the last candidate of a page, before the first without a token; null when it is no token.
    /// </summary>
    private static (int Partition, int Index)? Place(string? continuation) => continuation?.Split('.') switch
    {
        null => (0, -1),
        [var partition, var index] when Number(partition) is { } first && Number(index) is { } second => (first, second),
        _ => null,
    };

    private static int? Number(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

/// <summary>The answer to <c>GET /searches/{id}/candidates</c>: a page of candidates.</summary>
/// <param name="Generation">Generation after which they are shown.</param>
/// <param name="Candidates">By partition, then index.</param>
/// <param name="Continuation">Token of the next page, or null after the last.</param>
public sealed record CandidateList(string Id, int Generation, IReadOnlyList<CandidateView> Candidates, string? Continuation);
