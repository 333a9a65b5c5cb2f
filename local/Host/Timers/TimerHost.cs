using Microsoft.Extensions.Hosting;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Timers;

/// <summary>Runs all timer functions while the host is up.</summary>
internal sealed class TimerHost(
    FunctionCatalog catalog, IOptions<LocalHostOptions> options, IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerHost> logger)
    : BackgroundService
{
    private TimerRunner[] _runners = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.EnableTimers)
        {
            TimerStateStore store = new(Path.Combine(options.Value.DataDirectory, "timers.json"));
            _runners = [.. catalog.Timers.Select(function => new TimerRunner(function, store, scopes, time, logger))];
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(_runners.Select(runner => runner.RunAsync(stoppingToken)));
}
