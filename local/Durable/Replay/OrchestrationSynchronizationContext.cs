namespace PelNas.Local.Durable.Replay;

/// <summary>
/// Keeps an orchestrator function on one thread: what it goes on with after an await runs in <see cref="RunQueued"/>, in order.
/// A continuation from any other thread, or after the run, means that something was awaited that is not in the history.
/// </summary>
internal sealed class OrchestrationSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly Action<NonDeterministicOrchestrationException> _violated;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _closed;

    public OrchestrationSynchronizationContext(Action<NonDeterministicOrchestrationException> violated) => _violated = violated;

    /// <summary>Whether the caller is the orchestrator itself, in its run.</summary>
    public bool IsCurrent => !_closed && Environment.CurrentManagedThreadId == _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            _violated(NonDeterministicOrchestrationException.ForeignWait("awaited a task that is not durable, which ended on another thread"));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator is not sent work from outside.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Throws, and fails the instance, unless the caller is the orchestrator itself.</summary>
    public void EnsureCurrent()
    {
        if (!IsCurrent)
        {
            NonDeterministicOrchestrationException violation =
                NonDeterministicOrchestrationException.ForeignWait("used its TaskOrchestrationContext from another thread or after its run");
            _violated(violation);
            throw new InvalidOperationException(violation.Message);
        }
    }

    /// <summary>Runs what has been posted, until nothing is left.</summary>
    public void RunQueued()
    {
        while (_queue.TryDequeue(out (SendOrPostCallback Callback, object? State) item))
        {
            item.Callback(item.State);
        }
    }

    /// <summary>Ends the run.</summary>
    public void Close() => _closed = true;
}
