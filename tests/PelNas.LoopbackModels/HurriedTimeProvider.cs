using System.Diagnostics;

namespace PelNas.LoopbackModels;

/// <summary>A clock that runs faster than the real one: what waits for minutes is soon done, and in the same order.</summary>
/// <param name="factor">How many times faster than real time it runs.</param>
public sealed class HurriedTimeProvider(int factor) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (Stopwatch.GetElapsedTime(_startTimestamp) * factor);

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _startTimestamp) * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new HurriedTimer(base.CreateTimer(callback, state, Real(dueTime), Real(period)), Real);

    private TimeSpan Real(TimeSpan own) => own <= TimeSpan.Zero ? own : own / factor;

    private sealed class HurriedTimer(ITimer inner, Func<TimeSpan, TimeSpan> real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(real(dueTime), real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
