using Microsoft.Extensions.Hosting;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Storage;

/// <summary>Creates the tables of a storage account when the app starts, so that a missing role shows then and not in the first search.</summary>
internal sealed class StoreCreation(IRunStore store) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => store is AzureTablesRunStore tables ? tables.CreateAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
