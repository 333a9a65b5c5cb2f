using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Replay;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Durable.Dispatch;

/// <summary>Runs orchestrators that have messages: many instances at a time, but each by one run after another.</summary>
internal sealed class OrchestrationDispatcher(
    HistoryStore store,
    ReadyQueue ready,
    HistoryCache histories,
    IDurableFunctions functions,
    OrchestrationTraces traces,
    TimeProvider time,
    ILoggerFactory loggerFactory)
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<OrchestrationDispatcher>();

    // Found on threads that are not the engine's, so they are only noted there.
    private readonly Channel<(InstanceRow Instance, NonDeterministicOrchestrationException Violation)> _violations =
        Channel.CreateUnbounded<(InstanceRow, NonDeterministicOrchestrationException)>();

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            string instanceId = await ready.TakeAsync(stopping);
            RunEpisode(instanceId);
            ready.Release(instanceId);
        }
    }

    /// <summary>Fails the instances whose code broke the rules of replay after its run had ended, until stopped.</summary>
    public async Task RunViolationsAsync(CancellationToken stopping)
    {
        while (true)
        {
            (InstanceRow instance, NonDeterministicOrchestrationException violation) = await _violations.Reader.ReadAsync(stopping);
            Fail(instance, violation);
        }
    }

    private void RunEpisode(string instanceId)
    {
        if (store.Read(connection => Episode.Read(connection, instanceId, histories)) is not Episode episode)
        {
            return;
        }

        MessageSelection selection = MessageSelection.From(episode);
        if (selection.Taken.Count == 0)
        {
            return;
        }

        DateTimeOffset now = Now(episode);
        HistoryEvent started = new(HistoryEventKind.OrchestratorStarted, now);
        List<HistoryEvent> fresh = [started, .. selection.Taken.Select(message => message.Event)];
        RunOutcome outcome = selection.End is null && selection.NeedsRun ? Run(episode, fresh) : new RunOutcome();
        EpisodeCommit? commit = null;
        IReadOnlyList<HistoryEvent>? history = store.Write(transaction => (commit = new EpisodeCommit(transaction, episode, selection, now)).Apply(fresh, outcome));
        if (history is null)
        {
            histories.Drop(instanceId);
        }
        else
        {
            histories.Keep(instanceId, episode.Instance.ExecutionId, history);
        }

        if (commit?.Ended is var (status, reason))
        {
            traces.Ended(episode.Instance, status, reason, now);
        }

        if (outcome.Failure is TaskFailureDetails failure)
        {
            _logger.LogError("Orchestration '{InstanceId}' ({Name}) failed: {Failure}", instanceId, episode.Instance.Name, failure);
        }
    }

    private RunOutcome Run(Episode episode, List<HistoryEvent> fresh)
    {
        InstanceRow instance = episode.Instance;
        if (!functions.HasOrchestrator(instance.Name))
        {
            return RunOutcome.Failed(MissingFunction.Orchestrator(instance.Name), isNonRetriable: true);
        }

        return new OrchestratorRun(functions, instance.Identity, loggerFactory, violation => _violations.Writer.TryWrite((instance, violation))).Execute(episode.Past, fresh);
    }

    // Time never goes back within an orchestration, even if the machine's clock is set back.
    private DateTimeOffset Now(Episode episode)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset last = episode.Past.LastOrDefault(e => e.Kind == HistoryEventKind.OrchestratorStarted)?.Timestamp ?? now;
        return now > last ? now : last;
    }

    private void Fail(InstanceRow instance, NonDeterministicOrchestrationException violation)
    {
        HistoryEvent fault = new(HistoryEventKind.ExecutionFaulted, time.GetUtcNow())
        {
            Failure = TaskFailureDetails.FromException(violation),
            IsNonRetriable = true,
        };
        store.Write(transaction =>
        {
            if (InstanceTable.Find(transaction.Connection, instance.Id) is { HasEnded: false } present && present.ExecutionId == instance.ExecutionId)
            {
                MessageTable.Add(transaction, instance.Id, fault);
            }

            return true;
        });
    }
}
