using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>
/// Which of an instance's messages its next run works in. A paused instance takes only what steers it and leaves the rest
/// where it is; one that has not started takes nothing before its start.
/// </summary>
internal sealed class MessageSelection
{
    private readonly List<(long Seq, HistoryEvent Event)> _taken = [];

    private MessageSelection(bool isSuspended) => IsSuspended = isSuspended;

    /// <summary>The messages, in the order in which they count.</summary>
    public IReadOnlyList<(long Seq, HistoryEvent Event)> Taken => _taken;

    /// <summary>Whether the instance is paused after them.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>The message that ends the instance without running it; null when there is none.</summary>
    public HistoryEvent? End { get; private set; }

    /// <summary>Whether there is anything to run the function for.</summary>
    public bool NeedsRun { get; private set; }

    public static MessageSelection From(Episode episode)
    {
        MessageSelection selection = new(episode.Instance.Status == OrchestrationRuntimeStatus.Suspended);
        bool hasStarted = episode.Past.Any(e => e.Kind == HistoryEventKind.ExecutionStarted);
        List<(long Seq, HistoryEvent Event)> waiting = [.. episode.Messages.Where(m => m.Event.Kind != HistoryEventKind.ExecutionStarted)];
        List<(long Seq, HistoryEvent Event)> start = [.. episode.Messages.Where(m => m.Event.Kind == HistoryEventKind.ExecutionStarted)];
        bool canStart = hasStarted || start.Count > 0;
        selection.TakeAll([.. start, .. waiting], canStart);
        return selection;
    }

    private void TakeAll(List<(long Seq, HistoryEvent Event)> messages, bool canStart)
    {
        List<(long Seq, HistoryEvent Event)> held = [];
        foreach ((long Seq, HistoryEvent Event) message in messages)
        {
            switch (message.Event.Kind)
            {
                case HistoryEventKind.ExecutionTerminated:
                case HistoryEventKind.ExecutionFaulted:
                    _taken.Add(message);
                    End = message.Event;
                    return;
                case HistoryEventKind.ExecutionSuspended:
                    _taken.Add(message);
                    IsSuspended = true;
                    break;
                case HistoryEventKind.ExecutionResumed:
                    _taken.Add(message);
                    IsSuspended = false;
                    if (canStart)
                    {
                        Take(held);
                        held.Clear();
                    }

                    break;
                default:
                    if (IsSuspended || !canStart)
                    {
                        held.Add(message);
                    }
                    else
                    {
                        Take([message]);
                    }

                    break;
            }
        }
    }

    private void Take(List<(long Seq, HistoryEvent Event)> messages)
    {
        _taken.AddRange(messages);
        NeedsRun |= messages.Count > 0;
    }
}
