namespace PelNas.Local.Engine.Shims;

/// <summary>
/// Keeps an orchestrator function to its turns: what it goes on with after an await runs within one. A continuation from anywhere else
/// means that it awaited something that is not in its history, which no replay can follow.
/// </summary>
/// <param name="violated">Called at the first violation, on any thread.</param>
internal sealed class OrchestratorGuard(Action violated) : SynchronizationContext
{
    private string? _violation;

    /// <summary>What the function did that it may not; null as long as all is well.</summary>
    public string? Violation => Volatile.Read(ref _violation);

    /// <summary>Whether the caller is the orchestrator itself, in its turn. If not, that is a violation.</summary>
    public bool IsCurrent(string otherwise = "used its TaskOrchestrationContext from another thread or after its turn")
    {
        if (!OrchestrationContext.IsOrchestratorThread)
        {
            Report(otherwise);
        }

        return OrchestrationContext.IsOrchestratorThread;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent("awaited a task that is not durable, which ended on another thread"))
        {
            SynchronizationContext? before = Current;
            SetSynchronizationContext(this);
            d(state);
            SetSynchronizationContext(before);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Notes a violation.</summary>
    public void Report(string what)
    {
        string violation = $"The orchestrator {what}. It may only await tasks of its TaskOrchestrationContext: for Task.Delay use "
            + "CreateTimer, for Task.Run or I/O use an activity, and do not use ConfigureAwait(false).";
        if (Interlocked.CompareExchange(ref _violation, violation, null) is null)
        {
            violated();
        }
    }
}
