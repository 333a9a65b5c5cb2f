using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace PelNas.Local.Tests.Host.Timers;

/// <summary>A fake clock that also tells when somebody begins to wait on it, so that a test moves it on only then.</summary>
internal sealed class ObservedTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Comes back with the duration once the next wait has begun.</summary>
    public Task<TimeSpan> NextWaitAsync() => _waits.Reader.NextAsync("somebody to wait for the clock");
}
