using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Query;
using Microsoft.DurableTask.Converters;
using Newtonsoft.Json.Linq;
using PelNas.Local.Engine.History;
using ClientPurgeResult = Microsoft.DurableTask.Client.PurgeResult;
using ClientQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using CoreQuery = DurableTask.Core.Query.OrchestrationQuery;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>A client of the Azure Storage backend. The SDK's own is part of the Functions host.</summary>
internal sealed class AzureStorageClient(AzureStorageOrchestrationService service, string version) : DurableTaskClient("azure")
{
    private static readonly JsonDataConverter Json = EngineServices.Converter;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        string id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        ExecutionStartedEvent start = new(-1, Json.Serialize(input))
        {
            Name = orchestratorName.Name,
            Version = options?.Version?.Version ?? version,
            OrchestrationInstance = instance,
        };
        await service.CreateTaskOrchestrationAsync(
            new TaskMessage { OrchestrationInstance = instance, Event = start }, InstanceTable.NotEnded);
        return id;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new EventRaisedEvent(-1, Json.Serialize(eventPayload)) { Name = eventName });

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        service.ForceTerminateTaskOrchestrationAsync(instanceId, Json.Serialize(options?.Output));

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>The service's own wait looks again only after two seconds.</summary>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        this.UntilAsync(instanceId, instance => instance.IsCompleted);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        IList<OrchestrationState> states = await service.GetOrchestrationStateAsync(instanceId, allExecutions: false);
        return states.FirstOrDefault() is { } state ? ToMetadata(await WithFailureAsync(state)) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(ClientQuery? filter = null) =>
        Pageable.Create(async (continuation, _, cancellation) =>
    {
        CoreQuery query = new()
        {
            RuntimeStatus = filter?.Statuses?.Select(status => Enum.Parse<OrchestrationStatus>(status.ToString())).ToList(),
            InstanceIdPrefix = filter?.InstanceIdPrefix,
            PageSize = filter?.PageSize ?? 100,
            ContinuationToken = continuation,
        };
        OrchestrationQueryResult page = await service.GetOrchestrationWithQueryAsync(query, cancellation);
        return new Page<OrchestrationMetadata>([.. page.OrchestrationState.Select(ToMetadata)], page.ContinuationToken);
    });

    public override async Task<ClientPurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new((await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(instanceId)).DeletedInstanceCount);

    public override async Task<ClientPurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        PurgeInstanceFilter core = new(
            filter.CreatedFrom!.Value.UtcDateTime,
            filter.CreatedTo?.UtcDateTime,
            filter.Statuses?.Select(status => Enum.Parse<OrchestrationStatus>(status.ToString())));
        return new((await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(core)).DeletedInstanceCount);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        OrchestrationMetadata old = (await GetInstancesAsync(instanceId, true, cancellation))!;
        StartOrchestrationOptions options = new(restartWithNewInstanceId ? null : instanceId);
        return await ScheduleNewOrchestrationInstanceAsync(old.Name, old.ReadInputAs<object>(), options, cancellation);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata ToMetadata(OrchestrationState state)
        => LocalDurableTaskClient.ToMetadata(state, withPayloads: true);

    /// <summary>The backend's rows of instances have no failures; their histories have.</summary>
    private async Task<OrchestrationState> WithFailureAsync(OrchestrationState state)
    {
        if (state.OrchestrationStatus == OrchestrationStatus.Failed)
        {
            OrchestrationInstance instance = state.OrchestrationInstance;
            JArray history = JArray.Parse(await service.GetOrchestrationHistoryAsync(instance.InstanceId, instance.ExecutionId));
            state.FailureDetails = history.Last(e => e["FailureDetails"] is JObject)["FailureDetails"]!.ToObject<FailureDetails>();
        }

        return state;
    }

    private Task SendAsync(string instanceId, HistoryEvent e) => service.SendTaskOrchestrationMessageAsync(
        new TaskMessage { OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId }, Event = e });
}
