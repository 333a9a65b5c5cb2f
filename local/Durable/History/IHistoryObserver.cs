namespace PelNas.Local.Durable.History;

/// <summary>
/// Is told of every transaction on the history file, one at a time. When it throws, the history takes no more transactions and the engine
/// stops as if the process had been killed at that point, which is how tests try each of them.
/// </summary>
public interface IHistoryObserver
{
    /// <summary>Called before a commit; throwing undoes the transaction.</summary>
    void OnCommitting(HistoryCommit commit);

    /// <summary>Called after a commit; throwing cannot undo it.</summary>
    void OnCommitted(HistoryCommit commit);
}
