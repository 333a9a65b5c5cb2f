using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>Runs activities in the order of their calls, as many at a time as loops run. What was running when the process ended runs again.</summary>
internal sealed class ActivityDispatcher(
    HistoryStore store, IDurableFunctions functions, OrchestrationTraces traces, TimeProvider time, ILogger<ActivityDispatcher> logger)
{
    // One token for each activity in the table that has not been taken.
    private readonly Channel<bool> _tokens = Channel.CreateUnbounded<bool>();
    private readonly Lock _gate = new();
    private long _lastTaken;

    /// <summary>Notes that activities were added to the table.</summary>
    public void Added(long count)
    {
        for (long i = 0; i < count; i++)
        {
            _tokens.Writer.TryWrite(true);
        }
    }

    /// <summary>Works, one activity at a time, until stopped; one that is running then is told so and waited for.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _tokens.Reader.ReadAsync(stopping);
            if (Take() is ActivityWork work && await RunAsync(work, stopping) is HistoryEvent result)
            {
                store.Write(transaction => Commit(transaction, work, result));
            }
        }
    }

    private ActivityWork? Take()
    {
        lock (_gate)
        {
            ActivityWork? work = store.Read(connection => ActivityTable.Next(connection, _lastTaken));
            _lastTaken = work?.Seq ?? _lastTaken;
            return work;
        }
    }

    private async Task<HistoryEvent?> RunAsync(ActivityWork work, CancellationToken stopping)
    {
        if (!functions.HasActivity(work.Name))
        {
            return Failed(work, MissingFunction.Activity(work.Name)) with { IsNonRetriable = true };
        }

        using IDisposable? caller = traces.Enter(work.InstanceId);
        try
        {
            string? output = await functions.RunActivityAsync(work.Name, work.InstanceId, work.Input, stopping);
            return new HistoryEvent(HistoryEventKind.TaskCompleted, time.GetUtcNow()) { TaskId = work.TaskId, Payload = output };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stays in its table and runs again at the next start.
            return null;
        }
        catch (Exception e)
        {
            // In one line: most failures pass, and are many when a service is away. The history has the stack too.
            TaskFailureDetails failure = TaskFailureDetails.FromException(e);
            logger.LogWarning("Activity '{Name}' (#{TaskId}) of orchestration '{InstanceId}' failed: {Failure}", work.Name, work.TaskId, work.InstanceId, failure);
            logger.LogDebug(e, "Where activity '{Name}' (#{TaskId}) of orchestration '{InstanceId}' failed", work.Name, work.TaskId, work.InstanceId);
            return Failed(work, failure);
        }
    }

    private HistoryEvent Failed(ActivityWork work, TaskFailureDetails failure) =>
        new(HistoryEventKind.TaskFailed, time.GetUtcNow()) { TaskId = work.TaskId, Failure = failure };

    private static bool Commit(HistoryTransaction transaction, ActivityWork work, HistoryEvent result)
    {
        bool wanted = ActivityTable.Remove(transaction.Connection, work.Seq)
            && InstanceTable.Find(transaction.Connection, work.InstanceId) is { HasEnded: false } instance
            && instance.ExecutionId == work.ExecutionId;
        if (wanted)
        {
            MessageTable.Add(transaction, work.InstanceId, result);
        }

        return wanted;
    }
}
