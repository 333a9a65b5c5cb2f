using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Timers;

/// <summary>
/// Runs one timer function at its times. A run that takes past the next time delays it: there are never two at once, and several missed
/// times are made up for by one run.
/// </summary>
internal sealed class TimerRunner
{
    // The longest wait that a timer of the runtime takes is some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private readonly TimerFunction _function;
    private readonly TimerStateStore? _store;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ScheduleStatus _status;

    /// <param name="function">The function.</param>
    /// <param name="store">Where runs are recorded.</param>
    /// <param name="scopes">Makes the services of each run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of runs that fail.</param>
    public TimerRunner(TimerFunction function, TimerStateStore store, IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
    {
        _function = function;
        _scopes = scopes;
        _time = time;
        _logger = logger;
        _store = function.Timer.UseMonitor && !function.Schedule.IsShorterThanAMinute(Now) ? store : null;
        _status = Recorded();
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Runs the function until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (Now > _status.Next)
        {
            await RunOnceAsync(isPastDue: true, stopping);
        }
        else if (_function.Timer.RunOnStartup)
        {
            await RunOnceAsync(isPastDue: false, stopping);
        }

        while (true)
        {
            for (var wait = _status.Next - Now; wait > TimeSpan.Zero; wait = _status.Next - Now)
            {
                await Task.Delay(wait < LongestWait ? wait : LongestWait, _time, stopping);
            }

            await RunOnceAsync(isPastDue: false, stopping);
        }
    }

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stopping)
    {
        var start = Now;
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            Invocation invocation = new(_function, scope.ServiceProvider, stopping)
            {
                Trigger = new TimerInfo
                {
                    ScheduleStatus = _store is null
                        ? null!
                        : new ScheduleStatus { Last = _status.Last, Next = _status.Next, LastUpdated = _status.LastUpdated },
                    IsPastDue = isPastDue,
                },
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
            _logger.LogError(exception, "The timer function '{Function}' failed; its schedule goes on", _function.Name);
        }

        Record(new ScheduleStatus { Last = start, Next = _function.Schedule.NextAfter(start), LastUpdated = start });
    }

    /// <summary>The recorded state, brought in line with the schedule if that has changed since.</summary>
    private ScheduleStatus Recorded()
    {
        var now = Now;
        var status = _store?.Find(_function.Name);
        var countFrom = status switch
        {
            null => now,
            { Last: var last } when last != default => last,
            { LastUpdated: var updated } when updated != default => updated,
            _ => now,
        };
        var next = _function.Schedule.NextAfter(countFrom);
        if (status is not null && status.Next == next)
        {
            return status;
        }

        // A new schedule begins now: times it would have had in the past were not missed.
        var fresh = next < now
            ? new ScheduleStatus { Next = _function.Schedule.NextAfter(now), LastUpdated = now }
            : new ScheduleStatus { Next = next, LastUpdated = countFrom };
        _store?.Save(_function.Name, fresh);
        return fresh;
    }

    private void Record(ScheduleStatus status)
    {
        _status = status;
        try
        {
            _store?.Save(_function.Name, status);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.LogError(exception, "The run of the timer function '{Function}' could not be recorded; its schedule goes on", _function.Name);
        }
    }
}
