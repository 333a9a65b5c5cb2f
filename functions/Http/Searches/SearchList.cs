namespace PelNas.Functions.Http.Searches;

/// <summary>The answer to <c>GET /searches</c>: a page of searches, newest first.</summary>
/// <param name="Searches">The searches. With a status filter there may be fewer than asked for, or none, though more pages follow.</param>
/// <param name="Continuation">Token of the next page; null after the last.</param>
public sealed record SearchList(IReadOnlyList<SearchSummary> Searches, string? Continuation);
