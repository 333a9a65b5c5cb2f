using System.Diagnostics;
using System.Globalization;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using PelNas.Local.Engine.History;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace PelNas.Local.Engine;

/// <summary>
/// The client of the embedded engine. It can schedule and query before the engine has started, and refuses what the Functions extension
/// refuses: with an <see cref="ArgumentException"/> what is not valid and instances that do not exist, with an
/// <see cref="InvalidOperationException"/> what an instance's status does not allow. Sub-orchestrations outlive a termination, also when
/// its options say otherwise, as in Durable Functions.
/// </summary>
internal sealed class LocalDurableTaskClient(SqliteOrchestrationService service, IOptions<EngineOptions> engine)
    : DurableTaskClient("local")
{
    /// <summary>The instances removed in one change, so that the engine is not kept waiting for long.</summary>
    private const int PurgeBatch = 50;

    private static readonly JsonDataConverter Json = EngineServices.Converter;

    private readonly HistoryFile _file = service.File;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        ExecutionStartedEvent start = new(-1, Json.Serialize(input))
        {
            Name = orchestratorName.Name,
            Version = options?.Version?.Version ?? engine.Value.DefaultVersion,
            ScheduledStartTime = options?.StartAt?.UtcDateTime,
            Tags = options is { Tags.Count: > 0 } ? options.Tags.ToDictionary() : null,
        };
        return StartAsync(options?.InstanceId, start, ReadStatuses(options?.DedupeStatuses), cancellation);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        EventRaisedEvent raised = new(-1, Json.Serialize(eventPayload)) { Name = eventName };
        return SendAsync(instanceId, "raise an event for", raised, InstanceTable.NotEnded, cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) => SendAsync(
        instanceId, "terminate", new ExecutionTerminatedEvent(-1, Json.Serialize(options?.Output)), InstanceTable.NotEnded, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, "suspend", new ExecutionSuspendedEvent(-1, reason), InstanceTable.Suspendable, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, "resume", new ExecutionResumedEvent(-1, reason), [OrchestrationStatus.Suspended], cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, status => status != OrchestrationStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, status => status.HasEnded(), cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Find(instanceId, getInputsAndOutputs, cancellation) is { } state ? ToMetadata(state, getInputsAndOutputs) : null);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create((continuation, pageSize, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            int size = pageSize ?? filter.PageSize;
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(filter.PageSize));
            string token = continuation ?? filter.ContinuationToken ?? "0";
            if (!long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long after))
            {
                throw new ArgumentException($"'{token}' is not a continuation token of an earlier page.", nameof(filter));
            }

            var rows = _file.Read(connection => InstanceTable.Page(connection, filter, after, size + 1L));
            string? next = rows.Count > size ? rows[size - 1].Key.ToString(CultureInfo.InvariantCulture) : null;
            IEnumerable<OrchestrationMetadata> found = rows.Take(size).Select(row => ToMetadata(row.State, filter.FetchInputsAndOutputs));
            return Task.FromResult(new Page<OrchestrationMetadata>([.. found], next));
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new(await _file.ChangeAsync(changes => changes.Purge(instanceId, options?.Recursive ?? false)), isComplete: true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(filter.Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(filter));
        long began = service.Time.GetTimestamp();
        int count = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            List<string> ids = _file.Read(connection => InstanceTable.FindEnded(connection, filter, PurgeBatch));
            if (ids.Count == 0 || (count > 0 && service.Time.GetElapsedTime(began) >= filter.Timeout))
            {
                return new PurgeResult(count, isComplete: ids.Count == 0);
            }

            count += await _file.ChangeAsync(changes => ids.Sum(id => changes.Purge(id, options?.Recursive ?? false)));
        }
    }

    public override Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        OrchestrationState old = Find(instanceId, withPayloads: true, cancellation) ?? throw NotFound(instanceId);
        ExecutionStartedEvent start = new(-1, old.Input) { Name = old.Name, Version = old.Version, Tags = old.Tags };
        return StartAsync(restartWithNewInstanceId ? null : instanceId, start, InstanceTable.NotEnded, cancellation);
    }

    public override Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        List<StoredEvent> events = _file.Read(connection =>
            InstanceTable.Find(connection, instanceId) is { } row ? EventTables.History(connection, row.Key) : throw NotFound(instanceId));
        return Task.FromResult<IList<HistoryEvent>>([.. events.Select(e => e.ToEvent())]);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What clients show of an instance's state.</summary>
    internal static OrchestrationMetadata ToMetadata(OrchestrationState state, bool withPayloads) =>
        new(state.Name, state.OrchestrationInstance.InstanceId)
        {
            DataConverter = withPayloads ? Json : null,
            RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(state.OrchestrationStatus.ToString()),
            CreatedAt = state.CreatedTime,
            LastUpdatedAt = state.LastUpdatedTime,
            SerializedInput = state.Input,
            SerializedOutput = state.Output,
            SerializedCustomStatus = state.Status,
            FailureDetails = ToFailure(state.FailureDetails),
            Tags = state.Tags?.ToDictionary() ?? [],
        };

    private static ArgumentException NotFound(string instanceId) =>
        new($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId));

    private static OrchestrationStatus[] ReadStatuses(IReadOnlyList<string>? names)
    {
        OrchestrationStatus[] refused = names is null ? InstanceTable.NotEnded : [.. names.Select(name =>
            Enum.GetNames<OrchestrationStatus>().Contains(name, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<OrchestrationStatus>(name, ignoreCase: true)
                : throw new ArgumentException($"'{name}' is not an orchestration runtime status to deduplicate by.", nameof(names)))];
        return InstanceTable.NotEnded.All(refused.Contains) || !refused.Contains(OrchestrationStatus.Terminated) ? refused
            : throw new ArgumentException(
                "Terminated cannot be deduplicated by while an instance that has not ended may be replaced: that terminates it first.",
                nameof(names));
    }

    private static TaskFailureDetails? ToFailure(FailureDetails? failure) => failure is null ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, ToFailure(failure.InnerFailure), failure.Properties);

    private OrchestrationState? Find(string instanceId, bool withPayloads, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return _file.Read(connection => InstanceTable.FindState(connection, instanceId, withPayloads));
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool withPayloads, Func<OrchestrationStatus, bool> isWanted, CancellationToken cancellation)
    {
        Func<OrchestrationState?> read = () => Find(instanceId, withPayloads, cancellation) is not { } state
            ? throw new InvalidOperationException($"There is no orchestration instance with the id '{instanceId}'.")
            : isWanted(state.OrchestrationStatus) ? state : null;
        return ToMetadata(await service.Waits.WaitAsync(instanceId, read, cancellation), withPayloads);
    }

    private async Task<string> StartAsync(
        string? instanceId, ExecutionStartedEvent start, OrchestrationStatus[] refused, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string id = instanceId ?? Guid.NewGuid().ToString("N");
        InstanceId.Validate(id, nameof(instanceId));
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        start.OrchestrationInstance = instance;
        start.ParentTraceContext = Activity.Current is { Id: { } caller } span ? new(caller, span.TraceStateString) : null;
        start.GenerateNewTrace = true;
        OutgoingMessage message = service.Outgoing(instance, start);
        return await _file.ChangeAsync(changes => changes.Start(message, refused)) is { } inTheWay
            ? throw new OrchestrationAlreadyExistsException(InstanceChanges.RefusalMessage(id, inTheWay))
            : id;
    }

    /// <summary>Sends a message to an instance in one of the statuses in which the Functions host passes it on.</summary>
    private async Task SendAsync(
        string instanceId, string verb, HistoryEvent e, OrchestrationStatus[] allowed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        OutgoingMessage message = service.Outgoing(new OrchestrationInstance { InstanceId = instanceId }, e);
        OrchestrationStatus? status = await _file.ChangeAsync(changes => changes.Send(message, allowed));
        if (!allowed.Contains(status ?? throw NotFound(instanceId)))
        {
            throw new InvalidOperationException($"Cannot {verb} the orchestration instance '{instanceId}' because it is {status}.");
        }
    }
}
