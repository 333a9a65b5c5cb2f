using PelNas.Local.Engine.History;

namespace PelNas.Local.Engine.Dispatch;

/// <summary>
/// An instance for the engine's dispatcher. The engine keeps the orchestrator, where it waits, in this object, so that one that is handed
/// out again goes on from there and is not replayed.
/// </summary>
internal sealed class OrchestrationItem : TaskOrchestrationWorkItem
{
    public override bool RestoreOriginalRuntimeStateDuringCompletion => false;

    /// <summary>The instance's key.</summary>
    public required long Instance { get; init; }

    /// <summary>The rows of this turn's messages.</summary>
    public IReadOnlyList<long> Taken { get; set; } = [];

    /// <summary>The run whose history it has, null before the first turn; and the number of events in it.</summary>
    public string? ExecutionId { get; set; }

    public int HistoryLength { get; set; }
}

/// <summary>What one turn of an orchestrator came to, from the messages it took in to what it asked for.</summary>
/// <remarks>It has the rows of the messages that it took in, and the instance's state after it: null when nothing was to run.</remarks>
internal sealed record Turn(long Instance, IReadOnlyList<long> Taken, OrchestrationState? State)
{
    public required IReadOnlyList<OutgoingMessage> Activities { get; init; }

    /// <summary>Messages to other instances, and starts of sub-orchestrations.</summary>
    public required IReadOnlyList<OutgoingMessage> Messages { get; init; }

    public required IReadOnlyList<OutgoingMessage> Timers { get; init; }

    /// <summary>What the history grows by; all of it when the turn ends in another run than it began in.</summary>
    public required IReadOnlyList<HistoryEvent> Events { get; init; }

    /// <summary>The events with their places in the history, as they are written.</summary>
    public List<(int Position, EventType Type, string Json)> Rows { get; } = [];

    /// <summary>Dates the new events, makes the rows, and has the item go on from them.</summary>
    public void MoveOn(OrchestrationItem item, string? executionId, DateTime now)
    {
        int position = item.ExecutionId == executionId ? item.HistoryLength : 0;
        foreach (HistoryEvent e in Events)
        {
            // The engine dates its own events by the machine's clock. Those with an id are what the orchestrator asked for just now.
            if (e.EventId >= 0 || e.EventType == EventType.OrchestratorCompleted)
            {
                e.Timestamp = now;
            }

            Rows.Add((position++, e.EventType, EventJson.Write(e)!));
        }

        (item.ExecutionId, item.HistoryLength) = (executionId, position);
    }
}
