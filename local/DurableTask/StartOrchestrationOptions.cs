using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a client wants a new orchestration to be started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="InstanceId">The instance id; null for a random one.</param>
    /// <param name="StartAt">When to start; null or a time gone by for at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Copies options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The instance id; null for a random one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; null or a time gone by for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Free labels kept with the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Names of the runtime statuses in which an existing instance of the same id makes the start fail. In any other status that
    /// instance is replaced, after being terminated if it has not ended. Null: fail while it has not ended.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
