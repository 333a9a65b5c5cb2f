using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Functions;
using PelNas.Functions.Orchestrations;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Bench.Load;

/// <summary>The whole app as <c>pelnas serve</c> runs it, in this process, with a data folder that is gone afterwards.</summary>
internal sealed class AppUnderLoad : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly IHost _host;

    private AppUnderLoad(DirectoryInfo folder, IHost host)
    {
        _folder = folder;
        _host = host;
        Client = new HttpClient { BaseAddress = new Uri(LocalHost.AddressOf(host.Services), "api/") };
        Key = host.Services.GetRequiredService<FunctionKeys>().Default;
        Client.DefaultRequestHeaders.Add("x-functions-key", Key);
    }

    /// <summary>The key that opens the app.</summary>
    public string Key { get; }

    /// <summary>Sends requests with the function key; addresses are relative to <c>/api/</c>.</summary>
    public HttpClient Client { get; }

    public RunRepository Runs => _host.Services.GetRequiredService<RunRepository>();

    public static async Task<AppUnderLoad> StartAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pelnas-load-");
        LocalHostBuilder builder = LocalHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalHostOptions>(options =>
        {
            options.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            options.DataDirectory = folder.FullName;
            options.Port = 0;
            options.EnableTimers = false;
        });
        builder.Services.Configure<PelNasOptions>(options => options.DataDirectory = folder.FullName);
        builder.UsePelNas();
        IHost host = builder.Build();
        await host.StartAsync();
        return new AppUnderLoad(folder, host);
    }

    /// <summary>Starts a search over HTTP.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> StartSearchAsync(SearchRequest request)
    {
        JsonObject body = new()
        {
            ["dataset"] = request.Dataset,
            ["device"] = request.Device,
            ["seed"] = request.Seed,
            ["generations"] = request.Generations,
            ["maxLabels"] = request.MaxLabels,
        };
        using HttpResponseMessage answer = await Client.PostAsJsonAsync("searches", body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    /// <summary>Waits for a search's end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task EndOfAsync(string id)
    {
        OrchestrationMetadata ended = await _host.Services.GetRequiredService<DurableTaskClient>()
            .WaitForInstanceCompletionAsync(id, CancellationToken.None);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new InvalidOperationException($"The search {id} ended as {ended.RuntimeStatus}.");
        }
    }

    /// <summary>The size of the files in the data folder, MB.</summary>
    public double DataMegabytes()
        => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / ProcessMemory.Megabyte;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
