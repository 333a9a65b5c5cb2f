using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;
using PelNas.Shared.Llm.Caching;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Torch;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// The real app on the local host: all functions, the embedded store, a clock that the test moves. Several in turn can use one folder.
/// </summary>
internal sealed class SearchApp : IAsyncDisposable
{
    public const string RunId = "20260301-120000-test";

    private readonly IHost _host;

    private SearchApp(IHost host, SearchAppSettings settings)
    {
        _host = host;
        Settings = settings;
    }

    /// <summary>The tables, read once for all tests.</summary>
    public static BenchmarkTables Tables { get; } = BenchmarkTables.OpenDefault();

    public SearchAppSettings Settings { get; }

    public IServiceProvider Services => _host.Services;

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    public RunRepository Runs => Services.GetRequiredService<RunRepository>();

    public SweepRepository Sweeps => Services.GetRequiredService<SweepRepository>();

    public AnswerRepository Answers => Services.GetRequiredService<AnswerRepository>();

    public RequestRepository Requests => Services.GetRequiredService<RequestRepository>();

    /// <summary>Where the rows of all repositories are.</summary>
    public IRowStore Rows => Services.GetRequiredService<IRowStore>();

    /// <summary>A search that takes a second or two.</summary>
    public static SearchRequest SmallSearch(int maxLabels = 20, int generations = 3) => new()
    {
        Dataset = "cifar10",
        Device = "fpga",
        MaxLabels = maxLabels,
        Generations = generations,
        ProposalsPerPartition = 4,
    };

    public static async Task<SearchApp> StartAsync(SearchAppSettings settings)
    {
        IHost host = Build(settings);
        try
        {
            await host.StartAsync(Cancellation);
            return new SearchApp(host, settings);
        }
        catch
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a function's class as the host does for each of its runs.</summary>
    public TFunction CreateFunction<TFunction>() => ActivatorUtilities.CreateInstance<TFunction>(Services);

    public Task<string> ScheduleAsync(SearchRequest request, string runId = RunId) =>
        Client.ScheduleAsync(nameof(SearchOrchestrator), new SearchInput(request), runId);

    /// <summary>Starts an instance that is due some day and until then pending.</summary>
    public Task<string> ScheduleForLaterAsync(string orchestrator, string id, object input) =>
        Client.ScheduleAsync(orchestrator, input, new StartOrchestrationOptions(id, Settings.Time.GetUtcNow().AddDays(90)));

    /// <summary>Waits for an orchestration's end.</summary>
    public Task<OrchestrationMetadata> FinishAsync(string instanceId = RunId) => Client.FinishAsync(instanceId);

    /// <summary>
    /// A client with the function key, whose addresses are relative to <c>/api/</c>; without it when <paramref name="withKey"/> is false.
    /// </summary>
    public HttpClient CreateClient(bool withKey = true)
    {
        HttpClient client = new() { BaseAddress = new Uri(LocalHost.AddressOf(Services), "api/") };
        if (withKey)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", Services.GetRequiredService<FunctionKeys>().Default);
        }

        return client;
    }

    /// <summary>Runs a search to its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(SearchRequest request, string runId = RunId)
        => await FinishAsync(await ScheduleAsync(request, runId));

    /// <summary>The result as result.json has it.</summary>
    public async Task<SearchResult> ResultAsync(string runId = RunId)
    {
        RunContent content = await RunContent.LoadAsync(Runs, runId, Cancellation) ?? throw new RunNotFoundException(runId);
        RunContext context = await Services.GetRequiredService<RunContexts>().OfAsync(content.Run, Cancellation);
        return SearchResultBuilder.Build(content, context.Evaluate(content.Labelled), context.Ceiling);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10));
        try
        {
            await _host.StopAsync(limit.Token);
        }
        finally
        {
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
    }

    private static IHost Build(SearchAppSettings settings)
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder(
            [.. settings.Configuration.Select(pair => $"--{pair.Key}={pair.Value}")], settings.EnableHttp);
        builder.Configuration.AddInMemoryCollection([new("PelNas:Chat:ApiKey", settings.ApiKey)]);
        builder.Logging.ClearProviders();
        if (settings.Log is { } log)
        {
            builder.Logging.AddProvider(log);
        }

        IServiceCollection services = builder.Services;
        services.Configure<LocalHostOptions>(host =>
        {
            host.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            host.DataDirectory = settings.Folder;
            host.Port = 0;
            host.EnableTimers = settings.EnableTimers;
        });
        services.Configure<EngineOptions>(durable =>
        {
            durable.HistoryPath = settings.HistoryPath;
            durable.Observers.Add(settings.Commits);
        });
        services.Configure<PelNasOptions>(options => options.DataDirectory = settings.Folder);
        services.AddSingleton(settings.Clock ?? settings.Time);
        services.AddSingleton(Tables);
        services.AddSingleton<IAccuracyOracle>(settings.Oracle);
        services.AddSingleton<IProxyScorers>(settings.Proxies);
        if (!settings.UseConfiguredProposer)
        {
            services.AddSingleton<IChatClient>(provider => new AnswerCacheChatClient(
                new CountingChatClient(new OfflineChatClient(Tables.Space), settings.Calls, settings.Answer),
                provider.GetRequiredService<IAnswerStore>()));
        }

        if (settings.Delivery != Delivery.Once)
        {
            services.AroundActivities((call, run) =>
            {
                settings.Delivered[call.Name] = true;
                return settings.Delivery == Delivery.AtTheSameTime ? Twins.RunAsync(run) : TwiceAsync(run);
            });
        }

        settings.Activities?.AddTo(services);
        builder.UsePelNas();
        if (settings.Delivery == Delivery.AtTheSameTime)
        {
            Func<IServiceProvider, object> rows = services.Last(service => service.ServiceType == typeof(IRowStore)).ImplementationFactory!;
            services.AddSingleton<IRowStore>(provider => new TwinRows((IRowStore)rows(provider)));
        }

        settings.Configure?.Invoke(services);
        return builder.Build();
    }

    private static async Task<string?> TwiceAsync(Func<Task<string?>> run)
    {
        await run();
        return await run();
    }
}

/// <summary>What differs from one test app to the next.</summary>
internal sealed record SearchAppSettings(string Folder)
{
    public string HistoryPath => Path.Combine(Folder, "history.db");

    public string StorePath => Path.Combine(Folder, "store.db");

    public FakeTimeProvider Time { get; init; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A clock instead of <see cref="Time"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Key of the configured proposer, which may not stand on the command line where <see cref="Configuration"/> goes.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the proposer is the one that <see cref="Configuration"/> names, with all clients around it.</summary>
    public bool UseConfiguredProposer { get; init; }

    public CommitLog Commits { get; init; } = new();

    public CountingOracle Oracle { get; init; } = new();

    public CountingScorers Proxies { get; init; } = new();

    /// <summary>How often each prompt reached the proposer.</summary>
    public ConcurrentDictionary<string, int> Calls { get; init; } = new();

    /// <summary>Answers a payload in place of the offline proposer, or throws; null for the offline proposer's answer.</summary>
    public Func<string, string?>? Answer { get; init; }

    public Delivery Delivery { get; init; }

    /// <summary>The activities that were delivered twice.</summary>
    public ConcurrentDictionary<string, bool> Delivered { get; } = new();

    /// <summary>What keeps the calls of activities, or null.</summary>
    public RecordedActivities? Activities { get; init; }

    public bool EnableHttp { get; init; }

    public bool EnableTimers { get; init; }

    public ILoggerProvider? Log { get; init; }

    /// <summary>Adds services to the app's own.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();
}
