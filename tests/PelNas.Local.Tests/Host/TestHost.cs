using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;

namespace PelNas.Local.Tests.Host;

/// <summary>A host with the functions of given classes on a free loopback port, its files in a folder that goes with it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TemporaryFolder _folder;

    private TestHost(IHost host, TemporaryFolder folder, TestLog log)
    {
        _host = host;
        _folder = folder;
        Log = log;
        Client = new HttpClient { BaseAddress = LocalHost.AddressOf(host.Services) };
    }

    public HttpClient Client { get; }

    public TestLog Log { get; }

    public IServiceProvider Services => _host.Services;

    public FunctionKeys Keys => Services.GetRequiredService<FunctionKeys>();

    public static Task<TestHost> StartAsync<TFunctions>(Action<LocalHostBuilder>? configure = null) => StartAsync([typeof(TFunctions)], configure);

    public static async Task<TestHost> StartAsync(IReadOnlyList<Type> functions, Action<LocalHostBuilder>? configure = null)
    {
        var folder = new TemporaryFolder();
        var log = new TestLog();
        var builder = CreateBuilder(functions, folder.Path);
        builder.Logging.ClearProviders().AddProvider(log);
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(host, folder, log);
    }

    /// <summary>A builder for an app of these classes, with HTTP, if any, on a free port.</summary>
    public static LocalHostBuilder CreateBuilder(IReadOnlyList<Type> functions, string folder, bool withHttp = true)
    {
        var builder = LocalHost.CreateBuilder([], withHttp);
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
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key);

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What the tests read of answers.</summary>
internal static class HttpResponseMessageExtensions
{
    public static Task<string> TextAsync(this HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => JsonSerializer.Deserialize<JsonElement>(await response.TextAsync());
}
