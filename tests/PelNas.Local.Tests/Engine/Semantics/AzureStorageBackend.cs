using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Tests.Azurite;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>The same engine on the Azure Storage backend, which the app has in Azure, with the storage emulator.</summary>
public sealed class AzureStorageBackend : SemanticsBackend
{
    private AzuriteServer? _azurite;
    private TaskHubWorker? _worker;

    public override async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync(Cancellation);
        AzureStorageOrchestrationServiceSettings settings = new()
        {
            TaskHubName = "semantics",
            StorageAccountClientProvider = new StorageAccountClientProvider(_azurite.ConnectionString()),
            PartitionCount = 1,
            UseAppLease = false,
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(50),
            LeaseAcquireInterval = TimeSpan.FromMilliseconds(100),
            ThrowExceptionOnInvalidDedupeStatus = true,
        };
        AzureStorageOrchestrationService service = new(settings);
        await service.CreateIfNotExistsAsync();
        TaskHubClient client = new(service);
        _worker = EngineHost.CreateWorker(
            service, Functions, AppVersion, TimeProvider.System, instance => _ = client.RaiseEventAsync(instance, "wake", string.Empty),
            NullLoggerFactory.Instance, CancellationToken.None);
        await _worker.StartAsync();
        Client = new AzureStorageClient(service, AppVersion);
    }

    public override async ValueTask DisposeAsync()
    {
        await _worker!.StopAsync(isForced: true);
        _worker.Dispose();
        await _azurite!.DisposeAsync();
    }
}
