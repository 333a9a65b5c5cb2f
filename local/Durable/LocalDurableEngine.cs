using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Durable;

/// <summary>
/// Runs durable orchestrations in this process, by event-sourced replay over a history in an embedded SQLite file. For development and for a
/// single machine. Every step is committed before it counts, so a process killed at any moment goes on from there at its next start.
/// </summary>
public sealed class LocalDurableEngine : BackgroundService
{
    private readonly Signal _timersAdded = new();
    private readonly HistoryStore _store;
    private readonly LocalDurableOptions _options;
    private readonly OrchestrationDispatcher _orchestrations;
    private readonly ActivityDispatcher _activities;
    private readonly TimerDispatcher _timers;

    internal LocalDurableEngine(
        HistoryStore store, IDurableFunctions functions, TimeProvider time, ILoggerFactory loggerFactory, IOptions<LocalDurableOptions> options)
    {
        _store = store;
        _options = options.Value;
        OrchestrationTraces traces = new(store, loggerFactory.CreateLogger<OrchestrationTraces>());
        _orchestrations = new OrchestrationDispatcher(store, Ready, Histories, functions, traces, time, loggerFactory);
        _activities = new ActivityDispatcher(store, functions, traces, time, loggerFactory.CreateLogger<ActivityDispatcher>());
        _timers = new TimerDispatcher(store, _timersAdded, time);
        _store.Committed += OnCommitted;
    }

    internal ReadyQueue Ready { get; } = new();

    internal HistoryCache Histories { get; } = new();

    internal InstanceWaiters Waiters { get; } = new();

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Waiters.Close(new OperationCanceledException("The durable engine has stopped; its orchestrations go on when it is started again."));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (string instanceId in _store.Read(MessageTable.InstancesWithMessages))
        {
            Ready.Add(instanceId);
        }

        _activities.Added(_store.Read(ActivityTable.Count));

        // The first loop to end takes the others with it, so that an error stops the engine as a whole.
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        List<Task> loops =
        [
            .. Start(_timers.RunAsync, 1),
            .. Start(_orchestrations.RunViolationsAsync, 1),
            .. Start(_orchestrations.RunAsync, _options.MaxConcurrentOrchestrators),
            .. Start(_activities.RunAsync, _options.MaxConcurrentActivities),
        ];
        Task first = await Task.WhenAny(loops);
        if (first.Exception?.InnerException is Exception error)
        {
            Waiters.Close(error);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;

        IEnumerable<Task> Start(Func<CancellationToken, Task> loop, int count) =>
            Enumerable.Range(0, count).Select(_ => Task.Run(() => loop(stopping.Token), CancellationToken.None));
    }

    private void OnCommitted(HistoryTransaction commit)
    {
        foreach (string instanceId in commit.ReadyInstances)
        {
            Ready.Add(instanceId);
        }

        foreach (string instanceId in commit.ChangedInstances)
        {
            Waiters.Changed(instanceId);
        }

        _activities.Added(commit.NewActivities);

        if (commit.HasNewTimers)
        {
            _timersAdded.Set();
        }
    }
}
