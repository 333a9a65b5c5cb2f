namespace PelNas.Functions.Tests.Support;

/// <summary>Searches that end within seconds.</summary>
internal static class SmallSearches
{
    public static readonly SearchRequest Request = new()
    {
        Dataset = "cifar10",
        Device = "fpga",
        Generations = 2,
        MaxLabels = 12,
        ProposalsPerPartition = 4,
    };

    /// <summary>A body for <c>POST /searches</c>.</summary>
    public static StringContent Body(SearchRequest? request = null) => HttpAnswers.Json(PelNasJson.Serialize(request ?? Request));

    /// <summary>Starts a search over HTTP and returns its id.</summary>
    public static async Task<string> StartSearchAsync(this SearchApp app, SearchRequest? request = null)
    {
        HttpResponseMessage answer = await app.PostAsync("searches", Body(request));
        return (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
    }

    /// <summary>The search as <c>GET /searches/{id}</c> shows it.</summary>
    public static async Task<SearchDetails> SearchAsync(this SearchApp app, string id)
        => await app.GetAsync<SearchDetails>($"searches/{id}");
}
