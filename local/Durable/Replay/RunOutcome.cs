using Microsoft.DurableTask;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>What a run of an orchestrator function came to.</summary>
internal sealed record RunOutcome
{
    /// <summary>Actions the code asked for that are not in the history yet, in order.</summary>
    public IReadOnlyList<HistoryEvent> Actions { get; init; } = [];

    /// <summary>Task ids of timers that are no longer wanted.</summary>
    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>Whether the code has set the custom status.</summary>
    public bool HasCustomStatus { get; init; }

    /// <summary>The custom status as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Whether the function has ended and the instance with it.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The output of a completed run, or the input of the next after ContinueAsNew, as JSON.</summary>
    public string? Output { get; init; }

    /// <summary>Why a completed run failed; null when it did not.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Whether no retry by a parent can help against the failure.</summary>
    public bool IsNonRetriable { get; init; }

    /// <summary>Whether the function ended with ContinueAsNew.</summary>
    public bool ContinuesAsNew { get; init; }

    /// <summary>Events that go on to the next run after ContinueAsNew.</summary>
    public IReadOnlyList<HistoryEvent> CarriedEvents { get; init; } = [];

    public static RunOutcome Failed(TaskFailureDetails failure, bool isNonRetriable = false) =>
        new() { IsCompleted = true, Failure = failure, IsNonRetriable = isNonRetriable };
}
