namespace PelNas.Local.Durable.History;

/// <summary>A transaction under way, and what it will have changed once it is committed.</summary>
internal sealed class HistoryTransaction(HistoryConnection connection)
{
    public HistoryConnection Connection => connection;

    /// <summary>The instance whose history grows.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The events it grows by.</summary>
    public List<HistoryEvent> Events { get; } = [];

    /// <summary>Instances that have messages to work on.</summary>
    public HashSet<string> ReadyInstances { get; } = [];

    /// <summary>Instances whose status may have changed.</summary>
    public HashSet<string> ChangedInstances { get; } = [];

    /// <summary>The number of activities added.</summary>
    public int NewActivities { get; set; }

    /// <summary>Whether timers were added.</summary>
    public bool HasNewTimers { get; set; }
}
