using System.Threading.Channels;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>Instances that have messages. One is handed out to one worker at a time, and forgotten when it has none left.</summary>
internal sealed class ReadyQueue
{
    private enum State
    {
        Queued,
        Running,
        RunningAndQueued,
    }

    private readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, State> _states = [];
    private readonly Lock _gate = new();

    /// <summary>The number of instances that are queued or running.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _states.Count;
            }
        }
    }

    public void Add(string instanceId)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(instanceId, out State state))
            {
                _states.Add(instanceId, State.Queued);
                _queue.Writer.TryWrite(instanceId);
            }
            else if (state == State.Running)
            {
                _states[instanceId] = State.RunningAndQueued;
            }
        }
    }

    /// <summary>Waits for an instance, which is the caller's until <see cref="Release"/>.</summary>
    public async ValueTask<string> TakeAsync(CancellationToken cancellationToken)
    {
        string instanceId = await _queue.Reader.ReadAsync(cancellationToken);
        lock (_gate)
        {
            _states[instanceId] = State.Running;
        }

        return instanceId;
    }

    public void Release(string instanceId)
    {
        lock (_gate)
        {
            if (_states[instanceId] == State.RunningAndQueued)
            {
                _states[instanceId] = State.Queued;
                _queue.Writer.TryWrite(instanceId);
            }
            else
            {
                _states.Remove(instanceId);
            }
        }
    }
}
