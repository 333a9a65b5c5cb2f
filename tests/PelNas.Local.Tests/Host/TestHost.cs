using Microsoft.Extensions.Hosting;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;

namespace PelNas.Local.Tests.Host;

/// <summary>A host with the functions of given classes on a free loopback port, its files in a folder that goes with it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TemporaryFolder _folder;

    private TestHost(IHost host, TemporaryFolder folder, LogLines log)
    {
        _host = host;
        _folder = folder;
        Log = log;
        Client = new HttpClient { BaseAddress = LocalHost.AddressOf(host.Services) };
    }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    public FunctionKeys Keys => Services.GetRequiredService<FunctionKeys>();

    public static Task<TestHost> StartAsync<TFunctions>(Action<LocalHostBuilder>? configure = null, string? hostJson = null) =>
        StartAsync([typeof(TFunctions)], configure, hostJson);

    public static async Task<TestHost> StartAsync(
        IReadOnlyList<Type> functions, Action<LocalHostBuilder>? configure = null, string? hostJson = null)
    {
        TemporaryFolder folder = new();
        LogLines log = new();
        LocalHostBuilder builder = CreateBuilder(functions, folder.Path);
        if (hostJson is not null)
        {
            await File.WriteAllTextAsync(folder.File("host.json"), hostJson, Cancellation);
        }

        builder.Logging.ClearProviders().AddProvider(log);
        configure?.Invoke(builder);
        IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        return new TestHost(host, folder, log);
    }

    /// <summary>A builder for an app of these classes, with HTTP, if any, on a free port.</summary>
    public static LocalHostBuilder CreateBuilder(IReadOnlyList<Type> functions, string folder, bool withHttp = true)
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder([], withHttp);
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalHostOptions>(options =>
        {
            options.FunctionTypes = functions;
            options.Port = 0;
            options.DataDirectory = folder;
            options.HostJsonPath = Path.Combine(folder, "host.json");
        });
        return builder;
    }

    /// <summary>Sends a request; the key, if any, goes into the header.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null, HttpContent? content = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await Client.SendAsync(request, Cancellation);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key);

    public async Task<HttpStatusCode> StatusAsync(string path, string? key = null) => (await GetAsync(path, key)).StatusCode;

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).TextAsync();

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>One host with a class's functions for all tests of a class.</summary>
public sealed class HostOf<TFunctions> : IAsyncLifetime
{
    internal TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync<TFunctions>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What the tests read of answers.</summary>
internal static class HttpResponseMessageExtensions
{
    public static Task<string> TextAsync(this HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    /// <summary>The answer, which has to be a problem of this status.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(await response.TextAsync());
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        return problem;
    }
}
