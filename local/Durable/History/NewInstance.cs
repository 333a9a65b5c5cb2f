namespace PelNas.Local.Durable.History;

/// <summary>An orchestration to be started.</summary>
/// <param name="Id">The instance id.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Input">The input as JSON.</param>
internal sealed record NewInstance(string Id, string Name, string? Input)
{
    /// <summary>When to start; null for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The labels as a JSON object.</summary>
    public string? Tags { get; init; }

    /// <summary>The call it answers; null when a client starts it.</summary>
    public ParentCall? Parent { get; init; }

    /// <summary>The caller's span as a W3C traceparent; null when a client starts it.</summary>
    public string? TraceParent { get; init; }
}
