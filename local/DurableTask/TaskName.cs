namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Names compare without regard to case.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Makes a task name.</summary>
    /// <param name="name">The function's name; null gives the default value.</param>
    public TaskName(string name) => Name = name;

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>The name as a string.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>A string as a name; null and the empty string give the default value.</summary>
    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new TaskName(value);

    /// <summary>Whether both names are the same but for case.</summary>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Whether the names differ in more than case.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? string.Empty;
}
