namespace Microsoft.Azure.Functions.Worker;

/// <summary>A timer's recorded occurrences, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When the function last ran; the default value if it never did.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it is to run next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was written; <see cref="Next"/> is counted from here if the function never ran.</summary>
    public DateTime LastUpdated { get; set; }
}
