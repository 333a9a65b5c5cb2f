using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PelNas.LoopbackModels;

/// <summary>
/// A server on this machine that speaks the chat completions of OpenAI and Azure OpenAI and the chat of Ollama as they are on the
/// wire, answers or fails as a test tells it to, and keeps a bill of its own. No model is behind it.
/// </summary>
public sealed class LoopbackModel : IAsyncDisposable
{
    /// <summary>The only key it takes, unless it is open: like those of Azure OpenAI, 32 hexadecimal digits.</summary>
    public const string Key = "6f1d2c0b9a8e47d3b5c6f7a8091e2d3c";

    /// <summary>The only model or deployment it has.</summary>
    public const string Model = "gpt-4.1-mini";

    /// <summary>The context of the model, as Ollama tells it.</summary>
    public const int ContextTokens = 131_072;

    private readonly WebApplication _app;
    private readonly Func<ReceivedRequest, ModelTurn> _script;
    private readonly bool _isOpen;
    private readonly Lock _gate = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly SemaphoreSlim _hung = new(0);
    private Bill _bill = Bill.Empty;

    private LoopbackModel(WebApplication app, Func<ReceivedRequest, ModelTurn> script, bool isOpen)
    {
        _app = app;
        _script = script;
        _isOpen = isOpen;
    }

    public Uri BaseUri { get; private set; } = null!;

    /// <summary>What it has billed so far.</summary>
    public Bill Bill
    {
        get
        {
            lock (_gate)
            {
                return _bill;
            }
        }
    }

    /// <summary>The requests so far, those with a wrong key or model included.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="script">What to do with each request that has the right key and model.</param>
    /// <param name="tls">Whether it speaks TLS, with a certificate that nobody trusts.</param>
    /// <param name="port">Its port, or 0 for a free one.</param>
    /// <param name="isOpen">Whether it takes any key or none, as a server on one's own machine does.</param>
    public static async Task<LoopbackModel> StartAsync(
        Func<ReceivedRequest, ModelTurn> script, bool tls = false, int port = 0, bool isOpen = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (tls)
            {
                listen.UseHttps(UntrustedCertificate.Create());
            }
        }));
        WebApplication app = builder.Build();
        LoopbackModel model = new(app, script, isOpen);
        app.MapPost("/openai/deployments/{name}/chat/completions",
            (HttpContext http, string name) => model.AnswerAsync(http, Dialect.AzureOpenAI, name));
        app.MapPost("/v1/chat/completions", (HttpContext http) => model.AnswerAsync(http, Dialect.OpenAI, null));
        app.MapPost("/api/chat", (HttpContext http) => model.AnswerAsync(http, Dialect.Ollama, null));
        app.MapPost(
            "/api/show", (HttpContext http) => http.Response.WriteAsync(WireFormat.OllamaModel(ContextTokens), http.RequestAborted));
        await app.StartAsync();
        model.BaseUri = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return model;
    }

    /// <summary>Waits until a request hangs in a <see cref="Silence"/> or <see cref="Drip"/>.</summary>
    public Task WaitUntilHungAsync(CancellationToken cancellationToken) => _hung.WaitAsync(cancellationToken);

    /// <summary>From here on nobody listens at its address.</summary>
    public Task StopListeningAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hung.Dispose();
    }

    private static string? KeyOf(HttpRequest request)
        => request.Headers.TryGetValue("api-key", out var key)
            ? key.ToString()
            : request.Headers.Authorization.ToString() is { Length: > 0 } bearer ? bearer["Bearer ".Length..]
            : null;

    private async Task AnswerAsync(HttpContext http, Dialect dialect, string? deployment)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        ReceivedRequest request;
        lock (_gate)
        {
            request = new ReceivedRequest(
                _requests.Count, http.Request.Path + http.Request.QueryString, KeyOf(http.Request), body.RootElement.Clone());
            _requests.Add(request);
        }

        string model = deployment ?? request.Body.GetProperty("model").GetString()!;
        ModelTurn turn = dialect != Dialect.Ollama && !_isOpen && request.Key != Key ? Known.WrongKey(dialect)
            : model != Model ? Known.WrongModel(dialect)
            : _script(request);
        await PlayAsync(new Exchange(http, dialect, request, model), turn);
    }

    private Task PlayAsync(Exchange exchange, ModelTurn turn) => turn switch
    {
        Answer answer => exchange.SendAsync(Billed(exchange, answer)),
        Refused refused => exchange.RefuseAsync(refused),
        Reset => exchange.ResetAsync(),
        CutShort cut => exchange.CutShortAsync(Billed(exchange, new Answer(cut.Text))),
        Drip drip => exchange.DripAsync(Billed(exchange, new Answer(drip.Text)), () => _hung.Release()),
        Silence silence => exchange.HangAsync(Billed(exchange, new Answer(silence.Text)), () => _hung.Release()),
        Raw raw => exchange.SendAsync(Billed(exchange, new Answer("")) is { Length: > 0 } ? raw.Body : ""),
        _ => throw new InvalidOperationException($"There is no such turn: {turn}"),
    };

    private string Billed(Exchange exchange, Answer answer)
    {
        int input = TokenCount.Of(exchange.Request);
        int output = TokenCount.Of(answer.Refusal ?? answer.Text);
        lock (_gate)
        {
            _bill = _bill.With(input, output);
        }

        return WireFormat.Answer(exchange.Dialect, exchange.Request, exchange.Model, answer, input, output);
    }
}
