using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>Turns timers that are due into messages.</summary>
internal sealed class TimerDispatcher(HistoryStore store, Signal added, TimeProvider time)
{
    /// <summary>The longest sleep. The clock is looked at again after it, as it may have been set, or the machine have slept.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>By how much an alarm may ring late.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using ITimer alarm = time.CreateTimer(_ => added.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            if (FireDue() is DateTimeOffset next)
            {
                SetAlarm(alarm, next);
            }

            await added.WaitAsync(stopping);
        }
    }

    /// <summary>Sets the alarm for a time, and again when the clock moved on meanwhile, from where it would ring too late.</summary>
    private void SetAlarm(ITimer alarm, DateTimeOffset next)
    {
        TimeSpan sleep;
        DateTimeOffset now;
        do
        {
            now = time.GetUtcNow();
            sleep = next - now;
            alarm.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep > LongestSleep ? LongestSleep : sleep, Timeout.InfiniteTimeSpan);
        }
        while (time.GetUtcNow() is var after && (after - now > Delay || (sleep > TimeSpan.Zero && next <= after)));
    }

    /// <summary>Fires what is due.</summary>
    /// <returns>When the next timer will be; null when there is none.</returns>
    private DateTimeOffset? FireDue()
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset? next = store.Read(TimerTable.Next);
        return next > now || next is null ? next : store.Write(transaction =>
        {
            foreach ((string instanceId, int taskId) in TimerTable.Due(transaction.Connection, now))
            {
                TimerTable.Remove(transaction.Connection, instanceId, taskId);
                MessageTable.Add(transaction, instanceId, taskId == HistoryEvent.NoTask
                    ? Start(transaction.Connection, instanceId, now)
                    : new HistoryEvent(HistoryEventKind.TimerFired, now) { TaskId = taskId });
            }

            return TimerTable.Next(transaction.Connection);
        });
    }

    private static HistoryEvent Start(HistoryConnection connection, string instanceId, DateTimeOffset now) => connection.Query(
        "SELECT name, input FROM instances WHERE id = $1", row => InstanceStart.Started(row.GetString(0), EventRow.ReadText(row, 1), now), instanceId)[0];
}
