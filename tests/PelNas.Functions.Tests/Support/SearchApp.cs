using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;
using PelNas.Shared.Llm.Caching;
using PelNas.Shared.Torch;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// The real app on the local host: all functions, the embedded store. Several in turn can use one folder.
/// </summary>
internal sealed class SearchApp : IAsyncDisposable
{
    public const string RunId = "20260301-120000-test";

    private readonly IHost _host;
    private TemporaryFolder? _folder;

    private SearchApp(IHost host, SearchAppSettings settings)
    {
        _host = host;
        Settings = settings;
        if (settings.EnableHttp)
        {
            Client.BaseAddress = Anonymous.BaseAddress = new Uri(LocalHost.AddressOf(Services), "api/");
            Client.DefaultRequestHeaders.Add("x-functions-key", Services.GetRequiredService<FunctionKeys>().Default);
        }
    }

    /// <summary>The tables, read once for all tests.</summary>
    public static BenchmarkTables Tables { get; } = BenchmarkTables.OpenDefault();

    public SearchAppSettings Settings { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Sends requests with the function key; addresses are relative to <c>/api/</c>.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Sends requests without a key.</summary>
    public HttpClient Anonymous { get; } = new();

    public DurableTaskClient Durable => Services.GetRequiredService<DurableTaskClient>();

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

    /// <summary>Starts the app with its own services and clock, but for what is added, on a folder that goes when it does.</summary>
    public static async Task<SearchApp> StartAsync(Action<IServiceCollection>? configure = null)
    {
        TemporaryFolder folder = new();
        SearchApp app = await StartAsync(
            new SearchAppSettings(folder.Path) { HasStandIns = false, EnableHttp = true, Configure = configure });
        app._folder = folder;
        return app;
    }

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
        Durable.ScheduleAsync(nameof(SearchOrchestrator), new SearchInput(request), runId);

    /// <summary>Starts an instance that is due some day and until then pending.</summary>
    public Task<string> ScheduleForLaterAsync(string orchestrator, string id, object input) =>
        Durable.ScheduleAsync(orchestrator, input, new StartOrchestrationOptions(id, Settings.Time.GetUtcNow().AddDays(90)));

    /// <summary>Waits for an orchestration's end.</summary>
    public Task<OrchestrationMetadata> FinishAsync(string instanceId = RunId) => Durable.FinishAsync(instanceId);

    /// <summary>Waits until a condition holds. It is looked at after every step of an orchestration.</summary>
    public Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        return Awaiting.For(LookAsync(), what);

        async Task LookAsync()
        {
            for (Task next = Settings.Commits.Next; !await condition(); next = Settings.Commits.Next)
            {
                await next.WaitAsync(Cancellation);
            }
        }
    }

    /// <summary>A client that others are a little faster than.</summary>
    public OvertakenClient Overtaken() => new(Durable, (id, status) => UntilAsync(
        async () => await Durable.StatusAsync(id) == status, $"'{id}' is {status}"));

    /// <summary>All instances whose ids begin so.</summary>
    public ValueTask<List<OrchestrationMetadata>> InstancesAsync(string start = "") => Durable.GetAllInstancesAsync(new())
        .Where(instance => instance.InstanceId.StartsWith(start, StringComparison.Ordinal)).ToListAsync(Cancellation);

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
        Client.Dispose();
        Anonymous.Dispose();
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10));
        try
        {
            await _host.StopAsync(limit.Token);
        }
        finally
        {
            await ((IAsyncDisposable)_host).DisposeAsync();
            _folder?.Dispose();
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
        services.AddSingleton(Tables);
        if (settings.HasStandIns)
        {
            AddStandIns(services, settings);
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

    private static void AddStandIns(IServiceCollection services, SearchAppSettings settings)
    {
        services.AddSingleton(settings.Clock ?? settings.Time);
        services.AddSingleton<IAccuracyOracle>(settings.Oracle);
        services.AddSingleton<IProxyScorers>(settings.Proxies);
        if (!settings.UseConfiguredProposer)
        {
            services.AddSingleton<IChatClient>(provider => new AnswerCacheChatClient(
                new CountingChatClient(new OfflineChatClient(Tables.Space), settings.Calls, settings.Answer),
                provider.GetRequiredService<IAnswerStore>()));
        }
    }

    private static async Task<string?> TwiceAsync(Func<Task<string?>> run)
    {
        await run();
        return await run();
    }
}
