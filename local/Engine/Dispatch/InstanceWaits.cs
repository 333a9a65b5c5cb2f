using System.Collections.Concurrent;

namespace PelNas.Local.Engine.Dispatch;

/// <summary>Calls that wait for something to happen to an instance. Nothing is kept of an instance that none waits for.</summary>
internal sealed class InstanceWaits
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = [];
    private volatile Exception? _end;

    /// <summary>Waits until <paramref name="read"/> gives something, trying at once and after each change of the instance.</summary>
    public async Task<T> WaitAsync<T>(string instanceId, Func<T?> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            while (true)
            {
                // Before reading, so that no change is missed in between.
                Task changed = _waiting.GetOrAdd(instanceId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                if (read() is { } result)
                {
                    return result;
                }

                await (_end is { } reason ? Task.FromException(reason) : changed.WaitAsync(cancellationToken));
            }
        }
        catch (ObjectDisposedException) when (_end is not null)
        {
            // What it looked at was closed while it did.
            throw _end;
        }
        finally
        {
            // Others that wait for the instance look again.
            Wake(instanceId);
        }
    }

    /// <summary>Has those look again that wait for an instance.</summary>
    public void Wake(string instanceId)
    {
        if (_waiting.TryRemove(instanceId, out TaskCompletionSource? waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Ends all waits, now and later, with an error. They do not look again: what they look at may be closed.</summary>
    public void End(Exception reason)
    {
        _end ??= reason;
        foreach (TaskCompletionSource waiting in _waiting.Values)
        {
            waiting.TrySetException(_end);
        }
    }
}
