using System.Text;
using Microsoft.AspNetCore.Http;

namespace PelNas.LoopbackModels;

/// <summary>One request and the ways to answer it.</summary>
internal sealed record Exchange(HttpContext Http, Dialect Dialect, ReceivedRequest Request, string Model)
{
    private const string Json = "application/json";

    public Task SendAsync(string body)
    {
        Http.Response.ContentType = Dialect == Dialect.Ollama ? "application/x-ndjson" : Json;
        return Http.Response.WriteAsync(body + (Dialect == Dialect.Ollama ? "\n" : ""), Http.RequestAborted);
    }

    public Task RefuseAsync(Refused refused)
    {
        Http.Response.StatusCode = refused.Status;
        Http.Response.ContentType = Json;
        foreach ((string name, string value) in refused.Headers)
        {
            Http.Response.Headers[name] = value;
        }

        return Http.Response.WriteAsync(refused.Body ?? WireFormat.Error(Dialect, refused), Http.RequestAborted);
    }

    public Task ResetAsync()
    {
        Http.Abort();
        return Task.CompletedTask;
    }

    public async Task CutShortAsync(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        await StartAsync(bytes.Length, bytes.AsMemory(0, bytes.Length / 2));
        Http.Abort();
    }

    public async Task DripAsync(string body, Action hung)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        await StartAsync(bytes.Length, bytes.AsMemory(0, 16));
        await HangAsync(body, hung);
    }

    /// <summary>The text is only billed, never sent.</summary>
    public async Task HangAsync(string body, Action hung)
    {
        _ = body;
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Http.RequestAborted.Register(gone.SetResult);
        hung();
        await gone.Task;
    }

    private async Task StartAsync(int length, ReadOnlyMemory<byte> part)
    {
        Http.Response.ContentType = Json;
        Http.Response.ContentLength = length;
        await Http.Response.Body.WriteAsync(part, Http.RequestAborted);
        await Http.Response.Body.FlushAsync(Http.RequestAborted);
    }
}
