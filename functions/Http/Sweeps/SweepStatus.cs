namespace PelNas.Functions.Http.Sweeps;

/// <summary>Where a sweep stands.</summary>
public enum SweepStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Paused.</summary>
    Suspended,

    /// <summary>Done; searches of it may have failed.</summary>
    Completed,

    /// <summary>Ended by a failure of its own.</summary>
    Failed,

    /// <summary>Ended from outside, or its history is gone.</summary>
    Terminated,

    /// <summary>Never begun, because another had not ended.</summary>
    Skipped,
}
