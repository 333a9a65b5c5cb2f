using System.Net;
using System.Text.Json;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Searches;
using PelNas.Shared.Reports;

namespace PelNas.Cli.Runs;

/// <summary>The runs of an app, by its API.</summary>
internal sealed class RemoteRuns : IRunSource, IDisposable
{
    /// <summary>The variable with the function key, which has no option since every process list would show it.</summary>
    public const string KeyVariable = "PELNAS_API_KEY";

    private readonly HttpClient _client;

    /// <param name="address">Address of the API, <c>https://my-app.azurewebsites.net/api</c>.</param>
    /// <exception cref="UsageException">It is none, or would show the key to the network.</exception>
    public RemoteRuns(string address)
    {
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw new UsageException(
                "--api: give the address of the API, such as https://my-app.azurewebsites.net/api; http on this machine only.");
        }

        _client = new HttpClient { BaseAddress = uri };
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
        {
            _client.DefaultRequestHeaders.Add("x-functions-key", key);
        }
    }

    public async Task<IReadOnlyList<SearchSummary>> ListAsync(int top, CancellationToken cancellationToken)
        => (await ReadAsync<SearchList>($"searches?top={top}", null, cancellationToken)).Searches;

    public Task<SearchResult> ResultAsync(string runId, CancellationToken cancellationToken)
        => ReadAsync<SearchResult>($"searches/{runId}/result", runId, cancellationToken);

    public async Task<(SearchStatus Status, string? Failure)> StateAsync(string runId, CancellationToken cancellationToken)
    {
        SearchDetails details = await ReadAsync<SearchDetails>($"searches/{runId}", runId, cancellationToken);
        return (details.Status, details.Failure?.Message);
    }

    public Task<string> ReportAsync(string runId, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Get, $"searches/{runId}/result?format=html", runId, cancellationToken);

    public Task DeleteAsync(string runId, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Delete, $"searches/{runId}", runId, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<T> ReadAsync<T>(string path, string? runId, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return PelNasJson.Deserialize<T>(await SendAsync(HttpMethod.Get, path, runId, cancellationToken));
        }
        catch (JsonException)
        {
            throw new SearchFailedException(
                $"{_client.BaseAddress}{path} does not answer as this API does; give --api the address that ends in /api.");
        }
    }

    private async Task<string> SendAsync(HttpMethod method, string path, string? runId, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path);
        try
        {
            using HttpResponseMessage answer = await _client.SendAsync(request, cancellationToken);
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer switch
            {
                { IsSuccessStatusCode: true } => text,
                { StatusCode: HttpStatusCode.NotFound } when runId is not null && Read(text) is { } none
                    && none.Type.EndsWith(ProblemCodes.NotFound, StringComparison.Ordinal)
                    => throw new RunNotFoundException(runId),
                { StatusCode: HttpStatusCode.Unauthorized }
                    => throw new SearchFailedException($"{_client.BaseAddress} wants a function key; set {KeyVariable}."),
                _ => throw new SearchFailedException(
                    $"{_client.BaseAddress}{path} answered {(int)answer.StatusCode}: "
                        + (Read(text) is { } problem ? UntrustedText.Line(problem.Detail, 300) : "no reason")),
            };
        }
        catch (HttpRequestException exception)
        {
            throw new SearchFailedException($"{_client.BaseAddress} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw new SearchFailedException($"{_client.BaseAddress} does not answer: {exception.Message}");
        }
    }

    private static Problem? Read(string text)
    {
        try
        {
            return PelNasJson.Deserialize<Problem>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
