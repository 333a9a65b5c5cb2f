using Microsoft.DurableTask;

namespace PelNas.Local.Engine.Shims;

/// <summary>The SDK's context, with an input that is read as whatever the function asks for, kept to the orchestrator's turns.</summary>
internal sealed class GuardedContext(
    TaskOrchestrationContext inner, string? serializedInput, OrchestratorGuard guard, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly List<Task> _open = [];

    public override TaskName Name => inner.Name;

    public override string InstanceId => inner.InstanceId;

    public override ParentOrchestrationInstance? Parent => inner.Parent;

    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    public override bool IsReplaying => inner.IsReplaying;

    public override string Version => inner.Version;

    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;

    protected override ILoggerFactory LoggerFactory => loggers;

    private TaskOrchestrationContext Current => guard.IsCurrent() ? inner : throw new InvalidOperationException(guard.Violation);

    /// <summary>Whether anything the function has asked for is still to come. What is not is no longer kept.</summary>
    public bool HasOpenTasks()
    {
        _open.RemoveAll(task => task.IsCompleted);
        return _open.Count > 0;
    }

    public override T? GetInput<T>()
        where T : default => EngineServices.Converter.Deserialize<T>(serializedInput);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        return Open(Current.CallActivityAsync<TResult>(name, input, options));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        if (options is SubOrchestrationOptions { InstanceId: { } instanceId })
        {
            Engine.InstanceId.Validate(instanceId, nameof(options));
        }

        return Open(Current.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Open(Current.CreateTimer(fireAt, cancellationToken));

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Open(Current.WaitForExternalEvent<T>(eventName, cancellationToken));

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        Current.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => Current.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Current.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override void ContinueAsNew(Microsoft.DurableTask.ContinueAsNewOptions options) => Current.ContinueAsNew(options);

    public override Guid NewGuid() => Current.NewGuid();

    private TTask Open<TTask>(TTask task)
        where TTask : Task
    {
        _open.Add(task);
        return task;
    }
}
