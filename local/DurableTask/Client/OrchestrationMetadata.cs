using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask.Client;

/// <summary>An orchestration instance as it stood when it was read.</summary>
public sealed class OrchestrationMetadata
{
    private const int LongestShownPayload = 50;

    /// <summary>Makes the metadata of an instance.</summary>
    /// <param name="name">The orchestrator's name.</param>
    /// <param name="instanceId">The instance id.</param>
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; }

    /// <summary>The instance id.</summary>
    public string InstanceId { get; }

    /// <summary>What reads inputs and outputs; null when they were not asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the instance stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input as JSON; null when there is none or it was not asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output as JSON; null when there is none or it was not asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status as JSON; null when there is none or it was not asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>The labels it was started with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Why it failed; null when it has not or outputs were not asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether its status is <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it has ended: completed, failed or terminated.</summary>
    public bool IsCompleted =>
        RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <summary>The instance in one line, with long payloads cut.</summary>
    public override string ToString()
    {
        string input = SerializedInput is null ? string.Empty : $", Input: '{Cut(SerializedInput)}'";
        string output = SerializedOutput is null ? string.Empty : $", Output: '{Cut(SerializedOutput)}'";
        string failure = FailureDetails is null ? string.Empty : $", FailureDetails: '{FailureDetails.ErrorType} - {Cut(FailureDetails.ErrorMessage)}'";
        return $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}{input}{output}{failure}]";
    }

    private static string Cut(string payload) => payload.Length <= LongestShownPayload ? payload : payload[..LongestShownPayload] + "...";

    private T? Read<T>(string? data, [CallerMemberName] string? method = null) => DataConverter is null
        ? throw new InvalidOperationException($"{method} needs metadata that was fetched with inputs and outputs: pass true for getInputsAndOutputs.")
        : DataConverter.Deserialize<T>(data);
}
