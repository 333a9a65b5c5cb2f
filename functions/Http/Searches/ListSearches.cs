using System.Text.Json;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches</c>: the searches that have been planned, newest first, page by page.</summary>
public sealed class ListSearches(RunRepository runs)
{
    private const int DefaultTop = 50;
    private const int MaxTop = 200;

    // With a status filter most rows may be passed over; a request looks at no more pages than this and then hands out its token.
    private const int MaxStorePages = 5;

    // As the answers have them.
    private static readonly string[] Statuses = [.. Enum.GetNames<SearchStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    [Function(nameof(ListSearches))]
    [QueryNames("top", "continuation", "status")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        int top = query.WholeNumber("top", 1, MaxTop) ?? DefaultTop;
        string? continuation = query.Text("continuation");
        string? status = query.OneOf("status", Statuses);
        query.Check();

        return JsonResults.Of(await PageAsync(
            client, top, continuation, status is null ? null : Enum.Parse<SearchStatus>(status, ignoreCase: true), cancellationToken));
    }

    private async Task<SearchList> PageAsync(
        DurableTaskClient client, int top, string? continuation, SearchStatus? wanted, CancellationToken cancellationToken)
    {
        List<SearchSummary> found = [];
        for (int pages = 0; pages < MaxStorePages; pages++)
        {
            RunPage page = await runs.ListAsync(top - found.Count, continuation, cancellationToken);
            foreach (RunRow row in page.Runs)
            {
                SearchState state = await SearchState.OfAsync(row, client, cancellationToken);
                if (wanted is null || state.Status == wanted)
                {
                    found.Add(SearchSummary.Of(row, state.Status, state.Progress));
                }
            }

            continuation = page.Continuation;
            if (continuation is null || found.Count == top)
            {
                break;
            }
        }

        return new SearchList(found, continuation);
    }
}

/// <summary>The answer to <c>GET /searches</c>: a page of searches, newest first.</summary>
/// <param name="Searches">The searches. With a status filter there may be fewer than requested, or none, though more pages follow.</param>
/// <param name="Continuation">Token of the next page; null after the last.</param>
public sealed record SearchList(IReadOnlyList<SearchSummary> Searches, string? Continuation);

/// <summary>A search as the list shows it.</summary>
/// <param name="Proposer">Who proposes architectures; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="StartedAt">UTC start.</param>
/// <param name="FinishedAt">UTC end; null while it runs.</param>
/// <param name="StopReason">Why it ended; null while it runs.</param>
/// <param name="Progress">How far it is; null before the first generation is done and once it has finished.</param>
/// <param name="Labels">Labels paid so far; null before the first generation is done.</param>
/// <param name="Hypervolume">Hypervolume of the front so far, normalised; null likewise.</param>
/// <param name="Spent">What its calls have cost; null while it runs and with the offline proposer.</param>
public sealed record SearchSummary(
    string Id,
    string Dataset,
    string Device,
    int Seed,
    SearchStatus Status,
    string Proposer,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? StopReason,
    int MaxLabels,
    SearchProgress? Progress,
    int? Labels,
    double? Hypervolume,
    ChatUsage? Spent)
{
    /// <summary>What a list shows of a run.</summary>
    public static SearchSummary Of(RunRow row, SearchStatus status, SearchProgress? progress)
    {
        SearchRequest request = row.Request;
        return new SearchSummary(
            row.RunId,
            request.Dataset,
            request.Device,
            request.Seed,
            status,
            row.Proposer,
            row.StartedAt,
            row.FinishedAt,
            row.StopReason,
            request.MaxLabels,
            progress,
            row.Labels ?? progress?.Labels,
            row.Hypervolume ?? progress?.Hypervolume,
            row.Spent);
    }
}
