using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable;

/// <summary>The client of the embedded engine. It can schedule and query before the engine has started.</summary>
public sealed class LocalDurableTaskClient : DurableTaskClient
{
    private static readonly HashSet<OrchestrationRuntimeStatus> Suspendable = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running];
    private static readonly HashSet<OrchestrationRuntimeStatus> Resumable = [OrchestrationRuntimeStatus.Suspended];

    private readonly HistoryStore _store;
    private readonly InstanceWaiters _waiters;
    private readonly TimeProvider _time;

    internal LocalDurableTaskClient(HistoryStore store, InstanceWaiters waiters, TimeProvider time)
        : base("local")
    {
        _store = store;
        _waiters = waiters;
        _time = time;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The orchestrator's name is empty, or the instance id or a status to deduplicate by is not valid.</exception>
    /// <exception cref="global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">An instance of the id is in the way.</exception>
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        string id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        InstanceId.Validate(id, nameof(options));
        NewInstance instance = new(id, orchestratorName.Name, LocalDataConverter.Default.Serialize(input))
        {
            StartAt = options?.StartAt,
            Tags = options is { Tags.Count: > 0 } ? JsonSerializer.Serialize(options.Tags) : null,
        };
        Start(instance, DedupeStatuses.Read(options?.DedupeStatuses));
        return Task.FromResult(id);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(
            instanceId, "raise an event for", InstanceStart.NotEnded, HistoryEventKind.EventRaised, eventName, LocalDataConverter.Default.Serialize(eventPayload), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.IsCompleted, cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) => SendAsync(
        instanceId,
        "terminate",
        InstanceStart.NotEnded,
        HistoryEventKind.ExecutionTerminated,
        name: null,
        LocalDataConverter.Default.Serialize(options?.Output),
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has ended or is suspended already.</exception>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, "suspend", Suspendable, HistoryEventKind.ExecutionSuspended, null, LocalDataConverter.Default.Serialize(reason), cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It is not suspended.</exception>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, "resume", Resumable, HistoryEventKind.ExecutionResumed, null, LocalDataConverter.Default.Serialize(reason), cancellation);

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(instanceId, getInputsAndOutputs));
    }

    /// <inheritdoc/>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(_store, filter ?? new OrchestrationQuery());

    /// <inheritdoc/>
    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(new PurgeResult(
            _store.Write(transaction => InstancePurge.Purge(transaction, instanceId, options?.Recursive ?? false)), isComplete: true));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's time-out is not positive.</exception>
    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Timeout is TimeSpan timeout)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(filter));
        }

        return Task.FromResult(InstancePurge.PurgeAll(_store, filter, options?.Recursive ?? false, _time, cancellation));
    }

    /// <inheritdoc/>
    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        OrchestrationMetadata old = await GetInstancesAsync(instanceId, getInputsAndOutputs: true, cancellation)
            ?? throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId));
        string id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        NewInstance instance = new(id, old.Name, old.SerializedInput) { Tags = old.Tags.Count > 0 ? JsonSerializer.Serialize(old.Tags) : null };
        Start(instance, InstanceStart.NotEnded);
        return id;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Start(NewInstance instance, IReadOnlySet<OrchestrationRuntimeStatus> refused)
    {
        if (_store.Write(transaction => InstanceStart.Start(transaction, instance, refused, _time.GetUtcNow())) is OrchestrationRuntimeStatus inTheWay)
        {
            throw new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(InstanceStart.RefusalMessage(instance.Id, inTheWay));
        }
    }

    private OrchestrationMetadata? Find(string instanceId, bool withPayloads)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return _store.Read(connection => InstanceMetadata.Find(connection, instanceId, withPayloads));
    }

    private Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool withPayloads, Func<OrchestrationMetadata, bool> isDone, CancellationToken cancellation) => _waiters.WaitAsync(
        instanceId,
        () =>
        {
            OrchestrationMetadata instance = Find(instanceId, withPayloads)
                ?? throw new InvalidOperationException($"There is no orchestration instance with the id '{instanceId}'.");
            return isDone(instance) ? instance : null;
        },
        cancellation);

    /// <summary>Sends a message to an instance in one of the statuses in which the Functions host passes it on.</summary>
    private Task SendAsync(
        string instanceId,
        string verb,
        IReadOnlySet<OrchestrationRuntimeStatus> allowed,
        HistoryEventKind kind,
        string? name,
        string? payload,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        OrchestrationRuntimeStatus? status = _store.Write(transaction =>
        {
            OrchestrationRuntimeStatus? present = InstanceTable.Find(transaction.Connection, instanceId)?.Status;
            if (present is not null && allowed.Contains(present.Value))
            {
                MessageTable.Add(transaction, instanceId, new HistoryEvent(kind, _time.GetUtcNow()) { Name = name, Payload = payload });
            }

            return present;
        });
        return status switch
        {
            null => throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId)),
            OrchestrationRuntimeStatus present when !allowed.Contains(present) =>
                throw new InvalidOperationException($"Cannot {verb} the orchestration instance '{instanceId}' because it is {present}."),
            _ => Task.CompletedTask,
        };
    }
}
