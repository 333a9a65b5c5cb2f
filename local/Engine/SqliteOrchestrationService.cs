using System.Globalization;
using System.Threading.Channels;
using DurableTask.Core.Settings;
using PelNas.Local.Engine.Dispatch;
using PelNas.Local.Engine.History;

namespace PelNas.Local.Engine;

/// <summary>
/// The storage of the Durable Task engine in one SQLite file, for one process. In memory is only what is to be done next, by its place in
/// the file, and the orchestrators that were last at work. What is handed out is handed out until the process ends; then it runs again.
/// It can take calls of clients before it is started.
/// </summary>
internal sealed class SqliteOrchestrationService : IOrchestrationService, IDisposable
{
    private readonly EngineOptions _options;
    private readonly ILogger _logger;
    private readonly ReadyQueue _ready;
    private readonly Channel<long> _activities = Channel.CreateUnbounded<long>();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly KeptOrchestrators _kept = new();
    private int _inFlight = 1;

    /// <summary>Opens the history file.</summary>
    /// <exception cref="OptionsValidationException">A setting has no meaning.</exception>
    /// <exception cref="HistoryFileException">The file is in use, damaged, of another program or version, or cannot be written.</exception>
    public SqliteOrchestrationService(IOptions<EngineOptions> options, TimeProvider time, ILogger<SqliteOrchestrationService> logger)
    {
        (_options, Time, _logger) = (options.Value, time, logger);
        _ready = new ReadyQueue(time);
        File = new HistoryFile(_options.HistoryPath, _options.Observers, time, OnCommitted);
        _ready.Add(File.Read(EventTables.AllMessages));
        File.Read(EventTables.AllActivities).ForEach(AddActivity);
    }

    public HistoryFile File { get; }

    public TimeProvider Time { get; }

    public InstanceWaits Waits { get; } = new();

    // What the engine asks of its storage and has one answer here: the file is made when it is opened, and removed by hand.
    public int TaskOrchestrationDispatcherCount => 1;
    public int TaskActivityDispatcherCount => 1;
    public int MaxConcurrentTaskOrchestrationWorkItems => _options.MaxConcurrentOrchestrators;
    public int MaxConcurrentTaskActivityWorkItems => _options.MaxConcurrentActivities;
    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => BehaviorOnContinueAsNew.Carryover;
    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;
    public Task CreateAsync() => Task.CompletedTask;
    public Task CreateAsync(bool recreateInstanceStore) => Task.CompletedTask;
    public Task CreateIfNotExistsAsync() => Task.CompletedTask;
    public Task DeleteAsync() => throw new NotSupportedException("Stop the program and delete the history file.");
    public Task DeleteAsync(bool deleteInstanceStore) => DeleteAsync();
    public Task StartAsync() => Task.CompletedTask;
    public Task StopAsync() => StopAsync(isForced: false);
    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) => Task.FromResult(workItem);

    // What fails is put off by itself, and others need not wait for it. A fetch fails only with the file, and the engine is about to end.
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 0;
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => exception is OperationCanceledException ? 0 : 1;

    /// <summary>Waits for the turns and activities that are under way.</summary>
    public Task StopAsync(bool isForced)
    {
        Waits.End(new OperationCanceledException("The durable engine has stopped; its orchestrations go on when it is started again."));
        Leave();
        return _idle.Task;
    }

    /// <summary>Makes a message to an instance, dated now.</summary>
    public OutgoingMessage Outgoing(OrchestrationInstance instance, HistoryEvent e)
    {
        e.Timestamp = Now();
        return new OutgoingMessage(new TaskMessage { OrchestrationInstance = instance, Event = e }, EventJson.Write(e)!);
    }

    public async Task<TaskOrchestrationWorkItem> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            long instance = await _ready.TakeAsync(cancellationToken);
            if (Open(instance) is { } item)
            {
                Interlocked.Increment(ref _inFlight);
                return item;
            }

            _ready.Release(instance);
        }
    }

    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState)
    {
        OrchestrationItem item = (OrchestrationItem)workItem;
        OrchestrationRuntimeState state = newOrchestrationRuntimeState;
        string? run = state.OrchestrationInstance?.ExecutionId;
        Turn turn = new(item.Instance, item.Taken, orchestrationState)
        {
            Activities = All(outboundMessages),
            Messages = All(orchestratorMessages),
            Timers = All(timerMessages),
            Events = [.. item.ExecutionId == run ? state.NewEvents : state.Events],
        };
        turn.MoveOn(item, run, Now());
        if (await File.ChangeAsync(changes => changes.Complete(turn)))
        {
            _kept.Add(item);
        }

        // The engine gives no reason for the failure of a sub-orchestration that was terminated, and its parent needs one.
        OutgoingMessage[] All(IEnumerable<TaskMessage> messages) => [.. messages.Select(message => Outgoing(
            message.OrchestrationInstance,
            message.Event is SubOrchestrationInstanceFailedEvent { FailureDetails: null, TaskScheduledId: var task, Reason: var reason }
                ? new SubOrchestrationInstanceFailedEvent(-1, task, reason, null, InstanceChanges.Terminated(item.InstanceId))
                : message.Event))];
    }

    /// <summary>Gives a turn back that could not be completed, or that is of a later version than the app's.</summary>
    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        OrchestrationItem item = (OrchestrationItem)workItem;
        if (item.OrchestrationRuntimeState.ExecutionStartedEvent is { } started
            && VersioningSettings.CompareVersions(started.Version, _options.DefaultVersion) > 0)
        {
            _logger.LogWarning(
                "Orchestration '{InstanceId}' ({Name}) waits for an app of version {Version}: this one has version {AppVersion}.",
                item.InstanceId, started.Name, started.Version, _options.DefaultVersion);
        }
        else
        {
            _ready.Add([(item.Instance, Now().AddSeconds(1))]);
        }

        return Task.CompletedTask;
    }

    public Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        _ready.Release(((OrchestrationItem)workItem).Instance);
        Leave();
        return Task.CompletedTask;
    }

    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            long seq = await _activities.Reader.ReadAsync(cancellationToken);
            if (File.Read(connection => EventTables.Activity(connection, seq)) is { } activity)
            {
                Interlocked.Increment(ref _inFlight);
                string id = seq.ToString(CultureInfo.InvariantCulture);
                return new TaskActivityWorkItem { Id = id, LockedUntilUtc = DateTime.MaxValue, TaskMessage = activity.ToMessage() };
            }
        }
    }

    /// <summary>
    /// Has a result recorded. The engine need not wait for it, and so runs the next activity while many results are committed together; who
    /// waits for the result hears of it once it is.
    /// </summary>
    public Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        OutgoingMessage result = Outgoing(responseMessage.OrchestrationInstance, responseMessage.Event);
        Task<bool> recorded = File.ChangeAsync(changes => changes.CompleteActivity(SeqOf(workItem), result));
        _ = recorded.ContinueWith(
            _ => Leave(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <summary>Gives an activity back that could not be completed; it runs again.</summary>
    public Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        AddActivity(SeqOf(workItem));
        Leave();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        File.Dispose();
        _ready.Dispose();
    }

    private static long SeqOf(TaskActivityWorkItem activity) => long.Parse(activity.Id, CultureInfo.InvariantCulture);

    private DateTime Now() => Time.GetUtcNow().UtcDateTime;

    private void AddActivity(long seq) => _activities.Writer.TryWrite(seq);

    private void OnCommitted(InstanceChanges changes)
    {
        _ready.Add(changes.Messages);
        changes.Activities.ForEach(AddActivity);
        changes.ChangedInstances.ForEach(Waits.Wake);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0)
        {
            _idle.TrySetResult();
        }
    }

    /// <summary>Makes an instance ready for its turn; null when it has no messages, as when it was removed meanwhile.</summary>
    private OrchestrationItem? Open(long instance)
    {
        OrchestrationItem? item = _kept.Take(instance);
        (InstanceRow? row, List<StoredEvent> history, List<StoredEvent> messages) = File.Read(connection => (
            item is null ? InstanceTable.Find(connection, instance) : null,
            item is null ? EventTables.History(connection, instance) : [],
            EventTables.Messages(connection, instance, Now())));
        if (messages.Count == 0)
        {
            return null;
        }

        item ??= new OrchestrationItem
        {
            Instance = instance,
            InstanceId = row!.Id,
            ExecutionId = history.Count > 0 ? row.ExecutionId : null,
            HistoryLength = history.Count,
            LockedUntilUtc = DateTime.MaxValue,
            OrchestrationRuntimeState = new OrchestrationRuntimeState([.. history.Select(e => e.ToEvent())]),
        };
        item.OrchestrationRuntimeState.NewEvents.Clear();
        item.NewMessages = [.. messages.Select(message => message.ToMessage())];
        item.Taken = [.. messages.Select(message => message.Seq)];
        return item;
    }
}
