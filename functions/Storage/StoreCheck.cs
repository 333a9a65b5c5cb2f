using Microsoft.Extensions.Hosting;

namespace PelNas.Functions.Storage;

/// <summary>Asks the store for a row when the app starts, so that a missing role shows then and not in the first search.</summary>
internal sealed class StoreCheck(WatchdogRepository reports) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => reports.GetAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
