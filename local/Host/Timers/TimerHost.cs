using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Timers;

/// <summary>Runs all timer functions while the host is up.</summary>
internal sealed class TimerHost(
    FunctionCatalog catalog, IOptions<LocalHostOptions> options, IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerHost> logger)
    : BackgroundService
{
    private IReadOnlyList<TimerRunner> _runners = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var functions = catalog.Timers.ToList();
        if (options.Value.EnableTimers && functions.Count > 0)
        {
            var store = new TimerStateStore(Path.Combine(options.Value.DataDirectory, "timers.json"));
            _runners = [.. functions.Select(function => new TimerRunner(function, store, scopes, time, logger))];
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_runners.Select(runner => Task.Run(() => runner.RunAsync(stoppingToken), stoppingToken)));
}
