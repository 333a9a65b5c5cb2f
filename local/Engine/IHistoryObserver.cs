namespace PelNas.Local.Engine;

/// <summary>
/// Is told of every change to the history file, one at a time. When it throws, the file takes no more changes and the engine stops as if
/// the process had been killed at that point, which is how tests try each of them.
/// </summary>
public interface IHistoryObserver
{
    /// <summary>Called before a commit; throwing undoes the change.</summary>
    void OnCommitting(HistoryCommit commit);

    /// <summary>Called after a commit; throwing cannot undo it.</summary>
    void OnCommitted(HistoryCommit commit);
}

/// <summary>One change to the history file.</summary>
/// <param name="Number">Counts the changes since the file was opened, from 1.</param>
/// <param name="InstanceId">The instance whose history grew; null when none did (a client's call, an activity's result).</param>
/// <param name="Events">The events its history grew by, in order; after ContinueAsNew, those of the new run.</param>
public sealed record HistoryCommit(long Number, string? InstanceId, IReadOnlyList<HistoryEvent> Events);
