namespace PelNas.Functions.Tests.Support;

/// <summary>Says when the orchestrations have moved, so that tests wait for events and not for time.</summary>
internal sealed class CommitSignal : IHistoryObserver
{
    private TaskCompletionSource _next = Create();

    /// <summary>Done after the next commit from now.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void OnCommitting(HistoryCommit commit)
    {
    }

    public void OnCommitted(HistoryCommit commit) => Interlocked.Exchange(ref _next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
