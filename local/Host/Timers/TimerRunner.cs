using Microsoft.Azure.Functions.Worker;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Timers;

/// <summary>
/// Runs one timer function at its times. A run that takes past the next time delays it: there are never two at once, and several missed
/// times are made up for by one run.
/// </summary>
internal sealed class TimerRunner(
    FunctionDescriptor function, TimerStateStore store, IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
{
    // The longest wait that a timer of the runtime takes is some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private readonly TimerSchedule _schedule = function.Schedule!;

    // From when it is made, which is when the host starts.
    private ScheduleStatus _status = Recorded(function, store, time.GetUtcNow().UtcDateTime);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Runs the function until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        bool isPastDue = Now > _status.Next;
        while (true)
        {
            for (TimeSpan wait = _status.Next - Now; wait > TimeSpan.Zero; wait = _status.Next - Now)
            {
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
            }

            DateTime start = Now;
            await RunOnceAsync(isPastDue, stopping);
            Record(new ScheduleStatus { Last = start, Next = _schedule.NextAfter(start), LastUpdated = start });
            isPastDue = false;
        }
    }

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stopping)
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            Invocation invocation = new(function, scope.ServiceProvider, stopping)
            {
                Trigger = new TimerInfo { ScheduleStatus = _status, IsPastDue = isPastDue },
            };
            await invocation.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Not recorded: the run was cut short, so it is past due at the next start.
            throw;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The timer function '{Function}' failed; its schedule goes on", function.Name);
        }
    }

    /// <summary>The recorded state. A schedule that is new or was changed begins now: it has missed no times.</summary>
    private static ScheduleStatus Recorded(FunctionDescriptor function, TimerStateStore store, DateTime now)
    {
        TimerSchedule schedule = function.Schedule!;
        if (store.Find(function.Name) is { } known && known.Next == schedule.NextAfter(known.LastUpdated))
        {
            return known;
        }

        ScheduleStatus begun = new() { Next = schedule.NextAfter(now), LastUpdated = now };
        store.Save(function.Name, begun);
        return begun;
    }

    private void Record(ScheduleStatus status)
    {
        _status = status;
        try
        {
            store.Save(function.Name, status);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogError(
                exception, "The run of the timer function '{Function}' could not be recorded; its schedule goes on", function.Name);
        }
    }
}
