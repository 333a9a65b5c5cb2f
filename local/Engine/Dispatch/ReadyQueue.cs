using System.Threading.Channels;

namespace PelNas.Local.Engine.Dispatch;

/// <summary>
/// The instances that have messages, by their keys, each handed out to one turn at a time; the messages stay in the file. Safe for use by
/// many threads.
/// </summary>
internal sealed class ReadyQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<long> _ready = Channel.CreateUnbounded<long>();
    private readonly HashSet<long> _waiting = [];
    private readonly HashSet<long> _taken = [];
    private readonly PriorityQueue<long, DateTime> _later = new();
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;

    public ReadyQueue(TimeProvider time)
    {
        _time = time;
        _alarm = time.CreateTimer(_ => Add([]), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes messages of instances: those that count already, and those that will.</summary>
    public void Add(IEnumerable<(long Instance, DateTime VisibleAt)> messages)
    {
        lock (_gate)
        {
            DateTime now = _time.GetUtcNow().UtcDateTime;
            _later.EnqueueRange(messages);
            while (_later.TryPeek(out long instance, out DateTime visibleAt))
            {
                if (visibleAt > now)
                {
                    // Looked at once an hour at least, in case the clock is set.
                    TimeSpan left = visibleAt - now;
                    _alarm.Change(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
                    break;
                }

                _later.Dequeue();
                if (_waiting.Add(instance) && !_taken.Contains(instance))
                {
                    _ready.Writer.TryWrite(instance);
                }
            }
        }
    }

    /// <summary>Begins the turn of the next instance.</summary>
    public async Task<long> TakeAsync(CancellationToken cancellationToken)
    {
        long instance = await _ready.Reader.ReadAsync(cancellationToken);
        lock (_gate)
        {
            _waiting.Remove(instance);
            _taken.Add(instance);
        }

        return instance;
    }

    /// <summary>Ends a turn. The next one follows if there have been messages meanwhile.</summary>
    public void Release(long instance)
    {
        lock (_gate)
        {
            _taken.Remove(instance);
            if (_waiting.Contains(instance))
            {
                _ready.Writer.TryWrite(instance);
            }
        }
    }

    public void Dispose() => _alarm.Dispose();
}
