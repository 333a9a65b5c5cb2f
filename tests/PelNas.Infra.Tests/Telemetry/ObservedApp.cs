using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PelNas.Functions;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Schedules;
using PelNas.Functions.Telemetry;
using PelNas.Infra.Tests.Telemetry;
using PelNas.Local.Host;
using PelNas.LoopbackModels;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

[assembly: AssemblyFixture(typeof(ObservedApp))]

namespace PelNas.Infra.Tests.Telemetry;

/// <summary>
/// What the app really sends to Application Insights: the whole app on the local host with the Azure Monitor exporter, whose ingestion
/// endpoint is on this machine, and a server instead of an LLM, which refuses one request with 429. It runs a search that the watchdog
/// finds stuck, and a sweep in which one search fails.
/// </summary>
public sealed class ObservedApp : IAsyncLifetime
{
    /// <summary>The search.</summary>
    public const string RunId = "20260301-120000-observed";

    private const string SweepId = "sweep-20260301";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Rows of the tables in Log Analytics that the telemetry ends in.</summary>
    internal IReadOnlyList<TelemetryRow> Rows { get; private set; } = [];

    /// <summary>The roles that the telemetry is of.</summary>
    internal IReadOnlyList<string?> Roles { get; private set; } = [];

    /// <summary>What the server has billed.</summary>
    internal Bill Bill { get; private set; } = Bill.Empty;

    /// <summary>What the worker told the Functions host of itself.</summary>
    internal IDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        // The exporter's own usage figures go to an address of the service's owner.
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        using TemporaryFolder folder = new();
        await using Ingestion ingestion = await Ingestion.StartAsync();
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        int turn = 0;
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            request => Interlocked.Increment(ref turn) == 1 ? Known.TooManyRequests(("retry-after-ms", "1")) : AnswerOf(tables, request));
        GatedOracle oracle = new();
        using (IHost host = Build(folder.Path, ingestion.Address, model, oracle))
        {
            await host.StartAsync();
            Capabilities = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WorkerOptions>>().Value.Capabilities;
            await RunAsync(host, oracle);

            // The spans of orchestrations are sent after whoever waits for their end has been told.
            await host.StopAsync();
            host.Services.GetRequiredService<TracerProvider>().ForceFlush();
            host.Services.GetRequiredService<MeterProvider>().ForceFlush();
            host.Services.GetRequiredService<LoggerProvider>().ForceFlush();
        }

        Rows = [.. ingestion.Items.Select(TelemetryRow.Of)];
        Bill = model.Bill;
        Roles = [.. ingestion.Items.Select(item => item["tags"]?["ai.cloud.role"]?.GetValue<string>()).Distinct()];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task RunAsync(IHost host, GatedOracle oracle)
    {
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
        SearchRequest request = new()
        {
            Dataset = "cifar10",
            Device = "fpga",
            MaxLabels = 20,
            Generations = 1,
            ProposalsPerPartition = 2,
            ProxyScores = ProxyScoreSources.Compute,
        };
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SearchOrchestrator), new SearchInput(request), new StartOrchestrationOptions(InstanceId: RunId));
        await oracle.Asked.WaitAsync(Patience);
        await ActivatorUtilities.CreateInstance<Watchdog>(host.Services).RunAsync(new TimerInfo(), client, CancellationToken.None);
        oracle.Open();
        await FinishAsync(client, RunId);

        SweepRequest sweep = new() { Contexts = ["cifar10:fpga", $"{GatedOracle.FailingDataset}:fpga"], MaxLabels = 6, Generations = 1 };
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SweepOrchestrator), new SweepInput(sweep, Night: null, IsLate: false),
            new StartOrchestrationOptions(InstanceId: SweepId));
        await FinishAsync(client, SweepId);
    }

    private static async Task FinishAsync(DurableTaskClient client, string instanceId)
    {
        OrchestrationMetadata instance = await client
            .WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, CancellationToken.None).WaitAsync(Patience);
        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, instance.FailureDetails?.ToString());
    }

    /// <summary>The rule-based stand-in answers instead of a model.</summary>
    private static Answer AnswerOf(BenchmarkTables tables, ReceivedRequest request)
    {
        using OfflineChatClient offline = new(tables.Space);
        return new Answer(offline.GetResponseAsync([new ChatMessage(ChatRole.User, request.Messages[1])], new ChatOptions { Seed = 1 })
            .GetAwaiter().GetResult().Text);
    }

    private static IHost Build(string folder, Uri ingestion, LoopbackModel model, GatedOracle oracle)
    {
        LocalHostBuilder builder = LocalHost.CreateBuilder(
        [
            $"--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={ingestion}",
            "--PelNas:Watchdog:StuckAfter=00:00:00.0000001",
            "--PelNas:Chat:Provider=azure-openai",
            $"--PelNas:Chat:Endpoint={model.BaseUri}",
            $"--PelNas:Chat:Model={LoopbackModel.Model}",
        ], withHttp: false);
        builder.Configuration.AddInMemoryCollection([new("PelNas:Chat:ApiKey", LoopbackModel.Key)]);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        IServiceCollection services = builder.Services;
        services.Configure<LocalHostOptions>(host =>
        {
            host.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            host.DataDirectory = folder;
            host.EnableTimers = false;
        });
        services.Configure<PelNasOptions>(options => options.DataDirectory = folder);
        services.Configure<AzureMonitorExporterOptions>(options => options.DisableOfflineStorage = true);
        services.AddSingleton<IAccuracyOracle>(oracle);
        builder.UsePelNas();
        services.AddPelNasTelemetry(builder.Configuration);
        return builder.Build();
    }
}
