using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>The external events of one orchestration run: those that wait for the code, and the code that waits for them.</summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, Stack<Waiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> _unprocessed = [];

    /// <summary>Whether the code waits for an event.</summary>
    public bool HasWaiters => _waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsEnded));

    /// <summary>Events no one has waited for yet, in the order in which they came.</summary>
    public IReadOnlyList<HistoryEvent> Unprocessed => _unprocessed;

    /// <summary>Waits for the next event of a name.</summary>
    /// <exception cref="ArgumentException">Another wait for the same name reads its payload as another type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        if (!_waiters.TryGetValue(name, out Stack<Waiter>? stack))
        {
            _waiters.Add(name, stack = new Stack<Waiter>());
        }

        if (stack.TryPeek(out Waiter? other) && other is not Waiter<T>)
        {
            throw new ArgumentException(
                $"The event '{name}' is waited for as {typeof(T)} while another wait reads it as {other.PayloadType}; use one type for one name.", nameof(name));
        }

        Waiter<T> waiter = new();
        int index = _unprocessed.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            string? payload = _unprocessed[index].Payload;
            _unprocessed.RemoveAt(index);
            waiter.End(payload);
        }
        else
        {
            stack.Push(waiter);
            waiter.CancelWith(cancellationToken);
        }

        return waiter.Task;
    }

    /// <summary>
    /// Hands an event to the latest wait for its name, or keeps it. A wait that was cancelled is still one: as in the Durable Task SDK, an
    /// event that comes when no later wait has begun is lost to it.
    /// </summary>
    public void Raise(HistoryEvent raised)
    {
        if (_waiters.TryGetValue(raised.Name!, out Stack<Waiter>? stack) && stack.TryPop(out Waiter? waiter))
        {
            waiter.End(raised.Payload);
        }
        else
        {
            _unprocessed.Add(raised);
        }
    }

    private abstract class Waiter
    {
        public abstract bool IsEnded { get; }

        public abstract Type PayloadType { get; }

        public abstract void End(string? payload);
    }

    private sealed class Waiter<T> : Waiter
    {
        private readonly TaskCompletionSource<T> _source = new();

        public Task<T> Task => _source.Task;

        public override bool IsEnded => _source.Task.IsCompleted;

        public override Type PayloadType => typeof(T);

        public void CancelWith(CancellationToken token) => token.UnsafeRegister(_ => _source.TrySetCanceled(token), null);

        public override void End(string? payload)
        {
            T value;
            try
            {
                value = LocalDataConverter.Default.Deserialize<T>(payload)!;
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
            {
                _source.TrySetException(e);
                return;
            }

            _source.TrySetResult(value);
        }
    }
}
