namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has started and not ended.</summary>
    Running,

    /// <summary>It has ended and has an output.</summary>
    Completed,

    /// <summary>Kept for compatibility; never set.</summary>
    [Obsolete("The ContinuedAsNew status is obsolete and exists only for compatibility reasons.")]
    ContinuedAsNew,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>Kept for compatibility; never set.</summary>
    [Obsolete("The Canceled status is not currently used and exists only for compatibility reasons.")]
    Canceled,

    /// <summary>It was ended by a client.</summary>
    Terminated,

    /// <summary>It is scheduled and has not started.</summary>
    Pending,

    /// <summary>A client has paused it.</summary>
    Suspended,
}
