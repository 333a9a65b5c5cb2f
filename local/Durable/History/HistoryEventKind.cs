namespace PelNas.Local.Durable.History;

/// <summary>What an event of an orchestration's history says.</summary>
public enum HistoryEventKind
{
    /// <summary>A run of the function began; its timestamp is the orchestration's time from here on.</summary>
    OrchestratorStarted,

    /// <summary>The instance started: name, input.</summary>
    ExecutionStarted,

    /// <summary>The code called an activity: task id, name, input.</summary>
    TaskScheduled,

    /// <summary>An activity returned: task id, output.</summary>
    TaskCompleted,

    /// <summary>An activity failed: task id, failure.</summary>
    TaskFailed,

    /// <summary>The code called a sub-orchestration: task id, name, instance id, input.</summary>
    SubOrchestrationCreated,

    /// <summary>A sub-orchestration returned: task id, output.</summary>
    SubOrchestrationCompleted,

    /// <summary>A sub-orchestration failed, was terminated or was refused: task id, failure.</summary>
    SubOrchestrationFailed,

    /// <summary>The code made a timer: task id, time.</summary>
    TimerCreated,

    /// <summary>A timer is due: task id.</summary>
    TimerFired,

    /// <summary>The code sent an event: task id, instance id, name, payload.</summary>
    EventSent,

    /// <summary>An event came in: name, payload.</summary>
    EventRaised,

    /// <summary>A client paused the instance: reason.</summary>
    ExecutionSuspended,

    /// <summary>A client let the instance go on: reason.</summary>
    ExecutionResumed,

    /// <summary>A client ended the instance: output.</summary>
    ExecutionTerminated,

    /// <summary>The function broke the rules of replay after its run had ended: failure.</summary>
    ExecutionFaulted,

    /// <summary>The function ended: output or failure.</summary>
    ExecutionCompleted,
}
