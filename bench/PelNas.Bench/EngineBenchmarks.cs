using BenchmarkDotNet.Attributes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Local.Engine;

namespace PelNas.Bench;

/// <summary>The embedded engine: a fan-out of activities, activities one after another, and orchestrations that do nothing.</summary>
[MinIterationCount(3)]
[MaxIterationCount(8)]
public class EngineBenchmarks
{
    private const int FanOut = 5_000;
    private const int Chain = 1_000;
    private const int Orchestrations = 1_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-bench-");
    private IHost _host = null!;
    private DurableTaskClient _client = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton<IDurableFunctions>(new Functions());
        builder.Services.AddDurableEngine(options => options.HistoryPath = Path.Combine(_folder.FullName, "history.db"));
        _host = builder.Build();
        await _host.StartAsync();
        _client = _host.Services.GetRequiredService<DurableTaskClient>();
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Delete(recursive: true);
    }

    [Benchmark(OperationsPerInvoke = FanOut)]
    public Task ActivityInAFanOut() => RunAsync("FanOut");

    [Benchmark(OperationsPerInvoke = Chain)]
    public Task ActivityInAChain() => RunAsync("Chain");

    [Benchmark(OperationsPerInvoke = Orchestrations)]
    public Task Orchestration() => Task.WhenAll(Enumerable.Range(0, Orchestrations).Select(_ => RunAsync("Nothing")));

    private async Task RunAsync(string name)
    {
        string id = await _client.ScheduleNewOrchestrationInstanceAsync(name, CancellationToken.None);
        await _client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        await _client.PurgeInstanceAsync(id, CancellationToken.None);
    }

    private sealed class Functions : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => name is "Chain" or "FanOut" or "Nothing";

        public bool HasActivity(string name) => name == "Step";

        public async Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput)
        {
            for (int step = 0; name == "Chain" && step < Chain; step++)
            {
                await context.CallActivityAsync<int>("Step", step);
            }

            if (name == "FanOut")
            {
                await Task.WhenAll(Enumerable.Range(0, FanOut).Select(step => context.CallActivityAsync<int>("Step", step)));
            }

            return null;
        }

        public Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
            => Task.FromResult(serializedInput);
    }
}
