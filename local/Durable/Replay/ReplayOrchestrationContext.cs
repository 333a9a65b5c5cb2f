using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>The context of one run of an orchestrator function: turns calls into actions of the ledger.</summary>
internal sealed class ReplayOrchestrationContext(
    OrchestrationIdentity identity, string? serializedInput, TaskLedger ledger, ExternalEvents events, OrchestrationSynchronizationContext thread, ILoggerFactory loggerFactory)
    : TaskOrchestrationContext
{
    /// <summary>The most UTF-16 bytes of a custom status.</summary>
    private const int MaxCustomStatusBytes = 16 * 1024;

    private DateTimeOffset _now;
    private bool _isReplaying;
    private int _guids;

    public override TaskName Name => identity.Name;

    public override string InstanceId => identity.InstanceId;

    public override ParentOrchestrationInstance? Parent => identity.Parent;

    public override DateTime CurrentUtcDateTime => _now.UtcDateTime;

    public override bool IsReplaying => _isReplaying;

    public bool HasCustomStatus { get; private set; }

    public string? CustomStatus { get; private set; }

    public bool ContinuesAsNew { get; private set; }

    public string? NewInput { get; private set; }

    public bool PreservesEvents { get; private set; }

    protected override ILoggerFactory LoggerFactory => loggerFactory;

    /// <summary>Sets what is true at the event of the history that is worked on.</summary>
    public void MoveTo(DateTimeOffset now, bool isReplaying)
    {
        _now = now;
        _isReplaying = isReplaying;
    }

    public override T? GetInput<T>()
        where T : default => LocalDataConverter.Default.Deserialize<T>(serializedInput);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        string? payload = CheckCall(name, input, options);
        HistoryEvent action = new(HistoryEventKind.TaskScheduled, _now) { Name = name.Name, Payload = payload };
        return RetryLoop.RunAsync(this, options?.Retry, () => CallAsync<TResult>(action));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        string? payload = CheckCall(orchestratorName, input, options);
        string? givenId = (options as SubOrchestrationOptions)?.InstanceId;
        if (givenId is not null)
        {
            Durable.InstanceId.Validate(givenId, nameof(options));
        }

        HistoryEvent action = new(HistoryEventKind.SubOrchestrationCreated, _now)
        {
            Name = orchestratorName.Name,
            InstanceId = givenId ?? NewGuid().ToString("N"),
            Payload = payload,
        };
        return RetryLoop.RunAsync(this, options?.Retry, () => CallAsync<TResult>(action));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        thread.EnsureCurrent();
        HistoryEvent action = new(HistoryEventKind.TimerCreated, _now) { FireAt = fireAt.ToUniversalTime() };
        (int id, Task<string?> fired) = ledger.AddTask(action);
        cancellationToken.UnsafeRegister(_ => ledger.CancelTimer(id, _isReplaying, cancellationToken), null);
        return fired;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        thread.EnsureCurrent();
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        Durable.InstanceId.Validate(instanceId, nameof(instanceId));
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        thread.EnsureCurrent();
        ledger.Add(new HistoryEvent(HistoryEventKind.EventSent, _now)
        {
            InstanceId = instanceId,
            Name = eventName,
            Payload = LocalDataConverter.Default.Serialize(payload),
        });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        thread.EnsureCurrent();
        string? serialized = LocalDataConverter.Default.Serialize(customStatus);
        int bytes = (serialized?.Length ?? 0) * sizeof(char);
        if (bytes > MaxCustomStatusBytes)
        {
            throw new ArgumentException(
                $"The custom status has {bytes} bytes as UTF-16 JSON text; at most {MaxCustomStatusBytes} (16 KB) are allowed. Keep large data elsewhere and put its key here.",
                nameof(customStatus));
        }

        CustomStatus = serialized;
        HasCustomStatus = true;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        thread.EnsureCurrent();
        NewInput = LocalDataConverter.Default.Serialize(newInput);
        PreservesEvents = preserveUnprocessedEvents;
        ContinuesAsNew = true;
    }

    public override Guid NewGuid()
    {
        thread.EnsureCurrent();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, _guids++);
    }

    private async Task<TResult> CallAsync<TResult>(HistoryEvent action)
    {
        thread.EnsureCurrent();
        string? output = await ledger.AddTask(action with { Timestamp = _now }).Result;
        return LocalDataConverter.Default.Deserialize<TResult>(output)!;
    }

    private string? CheckCall(TaskName name, object? input, TaskOptions? options)
    {
        thread.EnsureCurrent();
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        return input is TaskOptions && options is null
            ? throw new ArgumentException($"A {nameof(TaskOptions)} was given as input. Name the parameter: options: ...", nameof(input))
            : LocalDataConverter.Default.Serialize(input);
    }
}
