using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// What an orchestrator function works with. The function is run again from its beginning whenever something it waits for has happened,
/// and gets the recorded results; so it must do the same each time: no clock, randomness, environment or I/O but through this context or activities.
/// </summary>
public abstract class TaskOrchestrationContext
{
    private ReplaySafeLoggerFactory? _replaySafeLoggerFactory;

    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that started this one; null when a client did.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time in UTC, from the history: the same at the same place of the function in every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the function is at a place that an earlier run has already passed.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>Makes loggers that are silent during replay.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => _replaySafeLoggerFactory ??= new ReplaySafeLoggerFactory(this, LoggerFactory);

    /// <summary>Makes ordinary loggers.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The orchestration's input; the type's default when it has none.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Calls an activity that returns nothing of interest.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="input">Its input, which must serialize to JSON.</param>
    /// <param name="options">How to run it.</param>
    /// <exception cref="TaskFailedException">The activity failed.</exception>
    /// <exception cref="InvalidOperationException">Called off the orchestrator's thread, or after the function's run has ended.</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) => CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity that takes no input and returns nothing of interest.</summary>
    /// <inheritdoc cref="CallActivityAsync(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls an activity that takes no input.</summary>
    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) => CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity. It may run more than once, but only one result counts.</summary>
    /// <typeparam name="TResult">The type its output is read as.</typeparam>
    /// <inheritdoc cref="CallActivityAsync(TaskName, object?, TaskOptions?)"/>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Waits for a while, durably.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Ends the wait with a <see cref="TaskCanceledException"/>.</param>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits until a time, durably.</summary>
    /// <param name="fireAt">The time; taken as local unless its kind says otherwise.</param>
    /// <param name="cancellationToken">Ends the wait with a <see cref="TaskCanceledException"/>.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event. One that came before is taken at once; of several waits for a name the latest gets the next event.</summary>
    /// <typeparam name="T">The type the event's payload is read as.</typeparam>
    /// <param name="eventName">The event's name, without regard to case.</param>
    /// <param name="cancellationToken">Ends the wait with a <see cref="TaskCanceledException"/>; the event is then kept for a later wait.</param>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event, but not longer than a time.</summary>
    /// <param name="eventName">The event's name, without regard to case.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <exception cref="TaskCanceledException">The time was up first.</exception>
    /// <inheritdoc cref="WaitForExternalEvent{T}(string, CancellationToken)"/>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) => WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <inheritdoc cref="WaitForExternalEvent{T}(string, TimeSpan)"/>
    /// <param name="eventName">The event's name, without regard to case.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait with a <see cref="TaskCanceledException"/>.</param>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stopTimer = new();
        using CancellationTokenSource stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task timer = CreateTimer(timeout, stopTimer.Token);
        Task<T> raised = WaitForExternalEvent<T>(eventName, stopWaiting.Token);

        // Not CancelAsync: it would go on from another thread.
        if (await Task.WhenAny(raised, timer) == raised)
        {
            stopTimer.Cancel();
        }
        else
        {
            stopWaiting.Cancel();
        }

        return await raised;
    }

    /// <summary>Raises an event in another orchestration instance; lost when there is no such instance or it has ended.</summary>
    /// <param name="instanceId">The other instance.</param>
    /// <param name="eventName">The event's name, without regard to case.</param>
    /// <param name="payload">What the waiting function gets; must serialize to JSON.</param>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets what status queries show of this instance besides its runtime status.</summary>
    /// <param name="customStatus">A value of at most 16 KB as UTF-16 JSON text; null for none.</param>
    /// <exception cref="ArgumentException">The value is too large.</exception>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Runs another orchestrator as a child of this one and waits for its output.</summary>
    /// <typeparam name="TResult">The type its output is read as.</typeparam>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input, which must serialize to JSON.</param>
    /// <param name="options">How to run it; <see cref="SubOrchestrationOptions"/> may name the instance.</param>
    /// <exception cref="TaskFailedException">The child failed, was terminated, or an instance of its id has not ended yet.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Runs another orchestrator, without input, as a child of this one and waits for its end.</summary>
    /// <inheritdoc cref="CallSubOrchestratorAsync(TaskName, object?, TaskOptions?)"/>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) => CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Runs another orchestrator as a child of this one and waits for its end.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input, which must serialize to JSON.</param>
    /// <param name="options">How to run it; <see cref="SubOrchestrationOptions"/> may name the instance.</param>
    /// <exception cref="TaskFailedException">The child failed, was terminated, or an instance of its id has not ended yet.</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <summary>
    /// Starts the instance anew with another input and an empty history once the function returns, which it should do right after.
    /// Results of tasks that have not ended by then are dropped.
    /// </summary>
    /// <param name="newInput">The new input.</param>
    /// <param name="preserveUnprocessedEvents">Whether events no one has waited for yet go on to the new run.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A new id, the same at the same place of the function in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggerFactory.CreateLogger(categoryName);

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggerFactory.CreateLogger(type);

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger<T>() => ReplaySafeLoggerFactory.CreateLogger<T>();
}
