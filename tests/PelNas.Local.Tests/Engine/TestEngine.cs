using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace PelNas.Local.Tests.Engine;

/// <summary>The engine on a history file. Several in turn can use one file.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Makes an engine that is not running yet, under a clock that the test moves unless another is given.</summary>
    public TestEngine(
        IDurableFunctions functions,
        string historyPath,
        TimeProvider? time = null,
        CommitLog? log = null,
        Action<EngineOptions>? configure = null,
        ILoggerProvider? logger = null)
    {
        Log = log ?? new CommitLog();
        ServiceCollection services = new();
        services.AddSingleton(time ?? Time);
        services.AddSingleton(functions);
        services.AddLogging(builder => builder.Services.Add(logger is null ? [] : [ServiceDescriptor.Singleton(logger)]));
        services.AddDurableEngine(options =>
        {
            options.HistoryPath = historyPath;
            options.Observers.Add(Log);
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public CommitLog Log { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public DurableTaskClient Client => Get<DurableTaskClient>();

    public EngineHost Host => _services.GetServices<IHostedService>().OfType<EngineHost>().Single();

    public SqliteOrchestrationService Service => Get<SqliteOrchestrationService>();

    public async Task<TestEngine> StartAsync()
    {
        await Host.StartAsync(Cancellation);
        return this;
    }

    /// <summary>Waits until an instance has made so many timers, and then lets time pass.</summary>
    public async Task AdvanceAfterTimerAsync(string id, TimeSpan time, int timers = 1)
    {
        await Log.WaitForAsync(id, EventType.TimerCreated, timers);
        Time.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10));
        await Host.StopAsync(limit.Token);
        await _services.DisposeAsync();
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
