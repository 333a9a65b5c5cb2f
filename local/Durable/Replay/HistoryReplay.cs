using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Local.Durable.Dispatch;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Replay;

/// <summary>Tells whether an app's orchestrators can go on with a recorded history, as after an update of the app.</summary>
public static class HistoryReplay
{
    /// <summary>Replays a history. No activity is run and nothing is recorded.</summary>
    /// <returns>Null when it replays; else where and how the code differs from it.</returns>
    public static string? FindDifference(RecordedHistory history, IDurableFunctions functions)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(functions);
        if (!functions.HasOrchestrator(history.Name))
        {
            return MissingFunction.Orchestrator(history.Name).ErrorMessage;
        }

        ParentOrchestrationInstance? parent = history.ParentInstanceId is null ? null : new ParentOrchestrationInstance(history.ParentName!, history.ParentInstanceId);
        OrchestrationIdentity identity = new(history.InstanceId, history.Name, parent);
        RunOutcome outcome = new OrchestratorRun(functions, identity, NullLoggerFactory.Instance, _ => { }).Execute(history.Events, []);
        return Differs(outcome, history.Events) is (string recorded, string asked)
            ? NonDeterministicOrchestrationException.Differs(history.Events.Count, recorded, asked).Message
            : outcome.IsNonRetriable ? outcome.Failure!.ErrorMessage : null;
    }

    private static (string Recorded, string Asked)? Differs(RunOutcome outcome, IReadOnlyList<HistoryEvent> events)
    {
        // What happened together with an end from outside was recorded without running the code.
        if (outcome.IsNonRetriable || events.Any(e => e.Kind is HistoryEventKind.ExecutionTerminated or HistoryEventKind.ExecutionFaulted))
        {
            return null;
        }

        if (outcome.Actions.Count > 0)
        {
            return ("nothing more", outcome.Actions[0].ToString());
        }

        HistoryEvent? end = events.LastOrDefault(e => e.Kind == HistoryEventKind.ExecutionCompleted);
        string recorded = Describe(end is not null, end?.Failure);
        string asked = outcome.ContinuesAsNew ? "to continue as new" : Describe(outcome.IsCompleted, outcome.Failure);
        if (recorded != asked)
        {
            return (recorded, asked);
        }

        return InputComparison.Same(end?.Payload, outcome.IsCompleted ? outcome.Output : null)
            ? null
            : ($"the output {end?.Payload ?? "(none)"}", $"the output {outcome.Output ?? "(none)"}");
    }

    private static string Describe(bool isCompleted, TaskFailureDetails? failure) => !isCompleted ? "to wait for more"
        : failure is null ? "to end"
        : $"to fail with {failure.ErrorType}";
}
