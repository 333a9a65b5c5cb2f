namespace PelNas.Local.Durable.Dispatch;

/// <summary>Calls that wait for something to happen to an instance. Nothing is kept of an instance no one waits for.</summary>
internal sealed class InstanceWaiters
{
    private readonly Dictionary<string, List<TaskCompletionSource>> _waiting = [];
    private readonly Lock _gate = new();
    private Exception? _closed;

    /// <summary>The number of instances someone waits for.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until <paramref name="read"/> gives something, trying at once and after each change of the instance.</summary>
    public async Task<T> WaitAsync<T>(string instanceId, Func<T?> read, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            // Before reading, so that no change is missed in between.
            TaskCompletionSource changed = Add(instanceId);
            try
            {
                if (read() is T result)
                {
                    return result;
                }

                await changed.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Remove(instanceId, changed);
            }
        }
    }

    /// <summary>Wakes those that wait for an instance.</summary>
    public void Changed(string instanceId)
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource source in _waiting.GetValueOrDefault(instanceId, []))
            {
                source.TrySetResult();
            }
        }
    }

    /// <summary>Ends all waits, now and later, with an error.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            foreach (TaskCompletionSource source in _waiting.Values.SelectMany(sources => sources))
            {
                source.TrySetException(reason);
            }
        }
    }

    private TaskCompletionSource Add(string instanceId)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed is not null)
            {
                source.SetException(_closed);
            }

            if (!_waiting.TryGetValue(instanceId, out List<TaskCompletionSource>? sources))
            {
                _waiting.Add(instanceId, sources = []);
            }

            sources.Add(source);
        }

        return source;
    }

    private void Remove(string instanceId, TaskCompletionSource source)
    {
        lock (_gate)
        {
            List<TaskCompletionSource> sources = _waiting[instanceId];
            sources.Remove(source);
            if (sources.Count == 0)
            {
                _waiting.Remove(instanceId);
            }
        }
    }
}
