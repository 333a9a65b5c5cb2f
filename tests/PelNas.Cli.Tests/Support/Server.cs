using System.Diagnostics;
using System.Net.Http.Json;

namespace PelNas.Cli.Tests.Support;

/// <summary>A running <c>pelnas serve</c>, and a client with its key.</summary>
public sealed class Server : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private readonly Process _process;
    private readonly string _keys;
    private readonly HttpClient _client = new();

    internal Server(Process process, string keys)
    {
        _process = process;
        _keys = keys;
    }

    public int ProcessId => _process.Id;

    /// <summary>Address of its API, once it listens.</summary>
    public Uri Api => _client.BaseAddress!;

    /// <summary>Its function key.</summary>
    public string Key => _client.DefaultRequestHeaders.GetValues("x-functions-key").Single();

    /// <summary>Waits until it answers requests.</summary>
    public async Task ListenAsync()
    {
        string? line = await Awaiting.For(_process.StandardOutput.ReadLineAsync(Cancellation).AsTask(), "the address of serve");
        if (line?.StartsWith(Listening, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException(
                $"serve printed '{line}' and then: {await _process.StandardError.ReadToEndAsync(Cancellation)}");
        }

        _client.BaseAddress = new Uri(line[Listening.Length..] + "/");
        JsonNode keys = JsonNode.Parse(await File.ReadAllTextAsync(_keys, Cancellation))!;
        _client.DefaultRequestHeaders.Add("x-functions-key", keys["default"]!.GetValue<string>());
    }

    /// <summary>Waits for its first line in the log, long before it answers requests.</summary>
    public Task BeginAsync() => UntilLoggedAsync("");

    /// <summary>Waits for a line in the log that holds a text, and returns it.</summary>
    public async Task<string> UntilLoggedAsync(string text)
    {
        while (await Awaiting.For(_process.StandardError.ReadLineAsync(Cancellation).AsTask(), $"'{text}' in the log") is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"serve ended without a line with '{text}' in its log.");
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path, Cancellation))!;

    public async Task<JsonNode> PostAsync(string path, JsonNode body)
    {
        using HttpResponseMessage answer = await _client.PostAsJsonAsync(path, body, Cancellation);
        string content = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(content);
        return JsonNode.Parse(content)!;
    }

    /// <summary>Sends a request and returns its answer, whatever it is.</summary>
    public async Task<(HttpStatusCode Status, string Content)> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await _client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Ends the process by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await Awaiting.For(_process.WaitForExitAsync(Cancellation), "the end of serve");
    }

    /// <summary>Waits until the process ends of its own accord.</summary>
    public async Task<Finished> EndAsync()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync(Cancellation);
        string output = await Awaiting.For(_process.StandardOutput.ReadToEndAsync(Cancellation), "the end of serve");
        await Awaiting.For(_process.WaitForExitAsync(Cancellation), "the end of serve");
        return new Finished(_process.ExitCode, output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _client.Dispose();
    }
}
