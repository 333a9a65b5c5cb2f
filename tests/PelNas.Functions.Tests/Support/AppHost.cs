using Microsoft.Extensions.Hosting;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;

namespace PelNas.Functions.Tests.Support;

/// <summary>The real app on the local host: every function of it, on a free loopback port, with its data in a folder of its own.</summary>
public sealed class AppHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly IHost _host;
    private readonly TemporaryFolder _folder;
    private readonly CommitSignal _commits;

    private AppHost(IHost host, TemporaryFolder folder, CommitSignal commits)
    {
        _host = host;
        _folder = folder;
        _commits = commits;
        Uri address = LocalHost.AddressOf(host.Services);
        Anonymous = new HttpClient { BaseAddress = new Uri(address, "api/") };
        Client = new HttpClient { BaseAddress = new Uri(address, "api/") };
        Client.DefaultRequestHeaders.Add("x-functions-key", host.Services.GetRequiredService<FunctionKeys>().Default);
    }

    /// <summary>Sends requests with the function key; addresses are relative to <c>/api/</c>.</summary>
    public HttpClient Client { get; }

    /// <summary>Sends requests without a key.</summary>
    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _host.Services;

    public RunRepository Runs => Services.GetRequiredService<RunRepository>();

    public DurableTaskClient Durable => Services.GetRequiredService<DurableTaskClient>();

    /// <summary>Starts the app. Services that <paramref name="configure"/> adds take the place of the app's own.</summary>
    public static async Task<AppHost> StartAsync(Action<IServiceCollection>? configure = null)
    {
        TemporaryFolder folder = new();
        CommitSignal commits = new();
        LocalHostBuilder builder = LocalHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalHostOptions>(options =>
        {
            options.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            options.DataDirectory = folder.Path;
            options.Port = 0;
            options.EnableTimers = false;
        });
        builder.Services.Configure<EngineOptions>(options => options.Observers.Add(commits));
        builder.Services.Configure<PelNasOptions>(options => options.DataDirectory = folder.Path);
        configure?.Invoke(builder.Services);
        builder.UsePelNas();
        IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        return new AppHost(host, folder, commits);
    }

    /// <summary>Waits until a search has ended.</summary>
    public async Task<OrchestrationMetadata> EndOfAsync(string id)
    {
        try
        {
            return await Durable.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation)
                .WaitAsync(Patience, Cancellation);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The search {id} should have ended within {Patience}.", exception);
        }
    }

    /// <summary>A client that others are a little faster than.</summary>
    internal OvertakenClient Overtaken() => new(Durable, (id, status) => UntilAsync(
        async () => (await Durable.GetInstanceAsync(id, Cancellation))?.RuntimeStatus == status, $"'{id}' is {status}"));

    /// <summary>Waits until a condition holds. It is looked at after every step of an orchestration.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        while (true)
        {
            Task next = _commits.Next;
            if (await condition())
            {
                return;
            }

            try
            {
                await next.WaitAsync(Patience, Cancellation);
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException($"No orchestration moved for {Patience} while waiting until {what}.", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }
}
