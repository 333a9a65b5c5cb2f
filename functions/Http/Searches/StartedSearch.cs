namespace PelNas.Functions.Http.Searches;

/// <summary>The answer to <c>POST /searches</c>.</summary>
/// <param name="Id">Run id.</param>
/// <param name="StatusUrl">Where the search can be watched, relative to this host.</param>
public sealed record StartedSearch(string Id, string StatusUrl);
