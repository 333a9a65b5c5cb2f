using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PelNas.Local.Durable;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable;

/// <summary>The engine on a history file, under a clock that the test moves. Several in turn can use one file.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private DurableHost(ServiceProvider services, CommitLog log, FakeTimeProvider time)
    {
        _services = services;
        Log = log;
        Time = time;
    }

    public CommitLog Log { get; }

    public FakeTimeProvider Time { get; }

    public DurableTaskClient Client => _services.GetRequiredService<DurableTaskClient>();

    public LocalDurableEngine Engine => _services.GetRequiredService<LocalDurableEngine>();

    public HistoryStore Store => _services.GetRequiredService<HistoryStore>();

    /// <summary>Makes a host whose engine is not running yet.</summary>
    public static DurableHost Create(
        LambdaFunctions functions,
        string historyPath,
        FakeTimeProvider? time = null,
        CommitLog? log = null,
        Action<LocalDurableOptions>? configure = null,
        ILoggerProvider? logger = null)
    {
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        log ??= new CommitLog();
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IDurableFunctions>(functions);
        services.AddLogging(builder =>
        {
            if (logger is not null)
            {
                builder.AddProvider(logger);
            }
        });
        services.AddLocalDurable(options =>
        {
            options.HistoryPath = historyPath;
            options.Observers.Add(log);
            configure?.Invoke(options);
        });
        return new DurableHost(services.BuildServiceProvider(), log, time);
    }

    public static async Task<DurableHost> StartAsync(
        LambdaFunctions functions, string historyPath, FakeTimeProvider? time = null, CommitLog? log = null, Action<LocalDurableOptions>? configure = null, ILoggerProvider? logger = null)
    {
        DurableHost host = Create(functions, historyPath, time, log, configure, logger);
        await host.Engine.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Starts an orchestration.</summary>
    public Task<string> ScheduleAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), TestContext.Current.CancellationToken);

    /// <summary>Waits for an orchestration's end.</summary>
    public Task<OrchestrationMetadata> FinishAsync(string id) => Awaiting.For(
        Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken), $"the end of '{id}'");

    /// <summary>Starts an orchestration and waits for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
        await FinishAsync(await ScheduleAsync(name, input, id));

    /// <summary>Waits until an instance has made so many timers, and then lets time pass.</summary>
    public async Task AdvanceAfterTimerAsync(string id, TimeSpan time, int timers = 1)
    {
        await Log.WaitForAsync(id, HistoryEventKind.TimerCreated, timers);
        Time.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        await Engine.StopAsync(limit.Token);
        await _services.DisposeAsync();
    }
}
