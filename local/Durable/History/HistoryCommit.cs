namespace PelNas.Local.Durable.History;

/// <summary>One transaction on the history file.</summary>
/// <param name="Number">Counts the transactions since the file was opened, from 1.</param>
/// <param name="InstanceId">The instance whose history grew; null when none did (a client's call, an activity's result).</param>
/// <param name="Events">The events its history grew by, in order.</param>
public sealed record HistoryCommit(long Number, string? InstanceId, IReadOnlyList<HistoryEvent> Events);
