using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>
/// Runs an orchestrator function over its history: replays what has been, works in what is new, and says what the code wants next.
/// One object is one run.
/// </summary>
internal sealed class OrchestratorRun
{
    private readonly IDurableFunctions _functions;
    private readonly OrchestrationIdentity _identity;
    private readonly ILoggerFactory _loggerFactory;
    private readonly Action<NonDeterministicOrchestrationException> _violatedLater;
    private readonly Lock _violationLock = new();
    private readonly TaskLedger _ledger = new();
    private readonly ExternalEvents _events = new();
    private readonly OrchestrationSynchronizationContext _thread;
    private ReplayOrchestrationContext? _context;
    private Task<string?>? _function;
    private NonDeterministicOrchestrationException? _violation;
    private DateTimeOffset _now;
    private bool _ended;

    /// <summary>Makes a run. It must be executed on the thread that made it.</summary>
    /// <param name="functions">The app's functions.</param>
    /// <param name="identity">Which orchestration runs.</param>
    /// <param name="loggerFactory">Where the function's loggers come from.</param>
    /// <param name="violatedLater">Called, on any thread, when the function breaks the rules of replay after the run has ended.</param>
    public OrchestratorRun(
        IDurableFunctions functions, OrchestrationIdentity identity, ILoggerFactory loggerFactory, Action<NonDeterministicOrchestrationException> violatedLater)
    {
        _functions = functions;
        _identity = identity;
        _loggerFactory = loggerFactory;
        _violatedLater = violatedLater;
        _thread = new OrchestrationSynchronizationContext(OnViolation);
    }

    /// <summary>Runs the function.</summary>
    /// <param name="past">The history so far.</param>
    /// <param name="fresh">What is new, beginning with OrchestratorStarted.</param>
    public RunOutcome Execute(IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> fresh)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_thread);
        try
        {
            for (int position = 0; position < past.Count + fresh.Count; position++)
            {
                bool isReplaying = position < past.Count;
                Process(isReplaying ? past[position] : fresh[position - past.Count], position, isReplaying);
                _thread.RunQueued();
            }

            return End(Outcome(past.Count + fresh.Count));
        }
        catch (Exception e)
        {
            return End(RunOutcome.Failed(TaskFailureDetails.FromException(e), e is NonDeterministicOrchestrationException));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Process(HistoryEvent e, int position, bool isReplaying)
    {
        switch (e.Kind)
        {
            case HistoryEventKind.OrchestratorStarted:
                _ledger.ConfirmNothingMore(position);
                _now = e.Timestamp;
                _context?.MoveTo(e.Timestamp, isReplaying);
                break;
            case HistoryEventKind.ExecutionStarted:
                _context = new ReplayOrchestrationContext(_identity, e.Payload, _ledger, _events, _thread, _loggerFactory);
                _context.MoveTo(_now, isReplaying);
                _function = _functions.RunOrchestratorAsync(_identity.Name, _context, e.Payload);
                break;
            case HistoryEventKind.TaskScheduled:
            case HistoryEventKind.SubOrchestrationCreated:
            case HistoryEventKind.TimerCreated:
            case HistoryEventKind.EventSent:
                _ledger.Confirm(e, position);
                break;
            case HistoryEventKind.TaskCompleted:
            case HistoryEventKind.TaskFailed:
            case HistoryEventKind.SubOrchestrationCompleted:
            case HistoryEventKind.SubOrchestrationFailed:
            case HistoryEventKind.TimerFired:
                _ledger.Finish(e);
                break;
            case HistoryEventKind.EventRaised:
                _events.Raise(e);
                break;
            default:
                break;
        }
    }

    private RunOutcome Outcome(int position)
    {
        RunOutcome outcome = new()
        {
            Actions = [.. _ledger.Unconfirmed],
            CancelledTimers = _ledger.CancelledTimers,
            HasCustomStatus = _context?.HasCustomStatus ?? false,
            CustomStatus = _context?.CustomStatus,
        };
        switch (_function)
        {
            case null:
                return outcome;
            case { IsCompletedSuccessfully: true } when _context!.ContinuesAsNew:
                return outcome with
                {
                    ContinuesAsNew = true,
                    Output = _context.NewInput,
                    CarriedEvents = _context.PreservesEvents ? _events.Unprocessed : [],
                };
            case { IsCompletedSuccessfully: true }:
                return outcome with { IsCompleted = true, Output = _function.Result };
            case { IsCompleted: true }:
                return outcome with { IsCompleted = true, Failure = TaskFailureDetails.FromException(ErrorOf(_function)) };
            case var _ when !_ledger.HasOpenTasks && !_events.HasWaiters:
                throw NonDeterministicOrchestrationException.ForeignWait($"waits, at position {position} of its history, for something that is not a durable task");
            default:
                return outcome;
        }
    }

    private static Exception ErrorOf(Task function)
    {
        if (function.Exception is AggregateException error)
        {
            return error.InnerExceptions[0];
        }

        try
        {
            function.GetAwaiter().GetResult();
            throw new InvalidOperationException("The function has not failed.");
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }

    private RunOutcome End(RunOutcome outcome)
    {
        lock (_violationLock)
        {
            _ended = true;
            _thread.Close();
            return _violation is null ? outcome : RunOutcome.Failed(TaskFailureDetails.FromException(_violation), isNonRetriable: true);
        }
    }

    private void OnViolation(NonDeterministicOrchestrationException violation)
    {
        lock (_violationLock)
        {
            _violation ??= violation;
            if (!_ended)
            {
                return;
            }
        }

        _violatedLater(violation);
    }
}
