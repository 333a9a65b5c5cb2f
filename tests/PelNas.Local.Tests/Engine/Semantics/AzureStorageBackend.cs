using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Settings;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Local.Engine;
using PelNas.Local.Engine.Shims;
using PelNas.Tests.Azurite;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>The same engine on the Azure Storage backend, which the app has in Azure, with the storage emulator.</summary>
public sealed class AzureStorageBackend : SemanticsBackend
{
    private AzuriteServer? _azurite;
    private TaskHubWorker? _worker;

    public override async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
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
        DurableTaskWorkerOptions options = new()
        {
            DataConverter = EngineServices.Converter,
            Versioning = new DurableTaskWorkerOptions.VersioningOptions { DefaultVersion = AppVersion },
        };
        DurableTaskShimFactory shims = new(options, NullLoggerFactory.Instance);
        VersioningSettings versions = new()
        {
            Version = AppVersion,
            MatchStrategy = VersioningSettings.VersionMatchStrategy.CurrentOrOlder,
        };
        TaskHubClient wake = new(service);
        _worker = new TaskHubWorker(
            service,
            new Named<TaskOrchestration>(name => !Functions.HasOrchestrator(name) ? null : new OrchestratorShim(
                name, Functions, shims, NullLoggerFactory.Instance, instance => _ = wake.RaiseEventAsync(instance, "wake", string.Empty))),
            new Named<TaskActivity>(name => Functions.HasActivity(name) ? new ActivityShim(name, Functions, CancellationToken.None) : null),
            versions)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _worker.AddOrchestrationDispatcherMiddleware(
            (context, next) => FunctionMiddleware.RunOrchestratorAsync(context, next, TimeProvider.System));
        _worker.AddActivityDispatcherMiddleware(FunctionMiddleware.RunActivityAsync);
        await _worker.StartAsync();
        Client = new AzureStorageClient(service, AppVersion);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await _worker!.StopAsync(isForced: true);
        _worker.Dispose();
        await _azurite!.DisposeAsync();
    }

    private sealed class Named<T>(Func<string, T?> find) : INameVersionObjectManager<T>
        where T : class
    {
        public void Add(ObjectCreator<T> creator) => throw new NotSupportedException();

        public T? GetObject(string name, string? version) => find(name);
    }
}
