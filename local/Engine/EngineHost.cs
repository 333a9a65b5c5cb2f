using DurableTask.Core.Settings;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Engine.History;
using PelNas.Local.Engine.Shims;

namespace PelNas.Local.Engine;

/// <summary>
/// Runs durable orchestrations in this process: the Durable Task engine over a history in a SQLite file. For development and for a single
/// machine. Every step is committed before it counts, so a process killed at any moment goes on from there at its next start.
/// </summary>
internal sealed class EngineHost : BackgroundService
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SqliteOrchestrationService _service;
    private readonly TaskHubWorker _worker;

    public EngineHost(
        SqliteOrchestrationService service, IDurableFunctions functions, IOptions<EngineOptions> options, ILoggerFactory loggerFactory)
    {
        _service = service;
        _worker = CreateWorker(service, functions, options.Value.DefaultVersion, service.Time, Wake, loggerFactory, _stopping.Token);
    }

    /// <summary>Makes what runs the functions on a storage of histories.</summary>
    internal static TaskHubWorker CreateWorker(
        IOrchestrationService service, IDurableFunctions functions, string version, TimeProvider time,
        Action<OrchestrationInstance> wake, ILoggerFactory loggers, CancellationToken stopping)
    {
        DurableTaskWorkerOptions shimOptions = new()
        {
            DataConverter = EngineServices.Converter,
            Versioning = new() { DefaultVersion = version },
        };
        DurableTaskShimFactory shims = new(shimOptions, loggers);
        TaskHubWorker worker = new(
            service,
            new Functions<TaskOrchestration>(
                name => functions.HasOrchestrator(name) ? new OrchestratorShim(name, functions, shims, loggers, wake) : null),
            new Functions<TaskActivity>(name => functions.HasActivity(name) ? new ActivityShim(name, functions, stopping) : null),
            new VersioningSettings { Version = version, MatchStrategy = VersioningSettings.VersionMatchStrategy.CurrentOrOlder },
            loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        worker.AddOrchestrationDispatcherMiddleware((context, next) => FunctionMiddleware.RunOrchestratorAsync(context, next, time));
        worker.AddActivityDispatcherMiddleware(FunctionMiddleware.RunActivityAsync);
        return worker;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _worker.StartAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Stops the engine. Activities that are running are told so and waited for.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _stopping.CancelAsync();
        await Task.WhenAny(_worker.StopAsync(isForced: true), Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public override void Dispose()
    {
        _worker.Dispose();
        _stopping.Dispose();
        base.Dispose();
    }

    /// <summary>Ends only with the history file's failure, and the host with it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task failed = _service.File.Failed;
        await Task.WhenAny(failed, Task.Delay(Timeout.Infinite, stoppingToken));
        if (failed.Exception is { } failure)
        {
            _service.Waits.End(failure.InnerException!);
            await failed;
        }
    }

    /// <summary>Gives an instance a turn in which what it did wrong outside its turns is found.</summary>
    private void Wake(OrchestrationInstance instance)
    {
        OutgoingMessage message = _service.Outgoing(instance, new GenericEvent(-1, "The orchestrator broke the rules of replay."));
        _ = Task.Run(() => _service.File.ChangeAsync(changes => changes.Send(message, InstanceTable.NotEnded)));
    }

    /// <summary>Finds what the engine runs by the name of a function.</summary>
    private sealed class Functions<T>(Func<string, T?> find) : INameVersionObjectManager<T>
        where T : class
    {
        public void Add(ObjectCreator<T> creator) => throw new NotSupportedException("Functions are found by their attributes.");

        public T? GetObject(string name, string? version) => find(name);
    }
}
