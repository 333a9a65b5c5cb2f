namespace Microsoft.Azure.Functions.Worker;

/// <summary>The addresses under which an orchestration instance is watched and managed; each holds the key it needs.</summary>
public class HttpManagementPayload
{
    /// <summary>The instance id.</summary>
    public string? Id { get; internal set; }

    /// <summary>GET: the instance's status.</summary>
    public string? StatusQueryGetUri { get; internal set; }

    /// <summary>POST: sends an event; <c>{eventName}</c> stands for its name.</summary>
    public string? SendEventPostUri { get; internal set; }

    /// <summary>POST: terminates the instance; <c>{text}</c> stands for the reason.</summary>
    public string? TerminatePostUri { get; internal set; }

    /// <summary>POST: rewinds a failed instance. Null: the isolated worker hands out no such address.</summary>
    public string? RewindPostUri { get; internal set; }

    /// <summary>DELETE: purges the instance and its history.</summary>
    public string? PurgeHistoryDeleteUri { get; internal set; }

    /// <summary>POST: starts the instance afresh with its old input. Null: the isolated worker hands out no such address.</summary>
    public string? RestartPostUri { get; internal set; }

    /// <summary>POST: suspends the instance; <c>{text}</c> stands for the reason.</summary>
    public string? SuspendPostUri { get; internal set; }

    /// <summary>POST: resumes the instance; <c>{text}</c> stands for the reason.</summary>
    public string? ResumePostUri { get; internal set; }
}
