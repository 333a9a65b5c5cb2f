namespace Microsoft.DurableTask;

/// <summary>What an activity may know of its call.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration instance that called it.</summary>
    public abstract string InstanceId { get; }
}
