using System.Text.Json;

namespace PelNas.Functions.Http.Searches;

/// <summary>Answers that several functions about searches give.</summary>
internal static class SearchAnswers
{
    private const string Collection = "/searches";

    /// <summary>The address of a search, under the same prefix as the request's.</summary>
    public static string Address(HttpRequest request, string id)
    {
        string path = request.Path.Value!;
        int at = path.IndexOf(Collection, StringComparison.OrdinalIgnoreCase);
        return $"{request.PathBase}{path[..at]}{Collection}/{id}";
    }

    /// <summary>202, with the address where the effect will show.</summary>
    public static IResult Accepted(HttpRequest request, string id)
    {
        request.HttpContext.Response.Headers.Location = Address(request, id);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>404: no such search.</summary>
    public static RefusedException Unknown(string id)
        => Problems.NotFound($"There is no search '{UntrustedText.Cut(id, 60)}'. GET {Collection} lists those there are.");

    /// <summary>404: the search has not been planned.</summary>
    public static RefusedException NotPlanned(string id) => NotYet($"The search {id} has not started yet; ask again later.");

    /// <summary>404: the search has not got so far.</summary>
    public static RefusedException NotYet(string detail) => Problems.NotFound(ProblemCodes.NotYet, "Not there yet", detail);

    /// <summary>404: the search has no such generation.</summary>
    public static RefusedException NoSuchGeneration(string detail)
        => Problems.NotFound(ProblemCodes.NoSuchGeneration, "No such generation", detail);

    /// <summary>409: the search has ended, or is not run by this app.</summary>
    public static RefusedException NotAlive(SearchState state) => Problems.Conflict(state.Status == SearchStatus.Detached
        ? $"No orchestration of this app works on the search {state.Id}: another process does, or its history was purged."
        : $"The search {state.Id} has ended: it is {JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString())}.");
}
