namespace PelNas.Functions.Http.Searches;

/// <summary>Where a search stands.</summary>
public enum SearchStatus
{
    /// <summary>Accepted, not yet planned.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Held until it is resumed.</summary>
    Suspended,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>Ended by a fault.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Not finished, and no orchestration of this app works on it: another process does, or its history was purged.</summary>
    Detached,
}
