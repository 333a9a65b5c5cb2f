using DurableTask.Core.Command;
using DurableTask.Core.Middleware;
using Microsoft.DurableTask;

namespace PelNas.Local.Engine.Shims;

/// <summary>What is done around each turn of an orchestrator and each activity.</summary>
internal static class FunctionMiddleware
{
    /// <summary>Runs an orchestrator's turn by a clock. Fails it if there is no such function or it did what it may not.</summary>
    public static async Task RunOrchestratorAsync(DispatchMiddlewareContext context, Func<Task> next, TimeProvider time)
    {
        OrchestrationRuntimeState state = context.GetProperty<OrchestrationRuntimeState>();
        foreach (OrchestratorStartedEvent e in state.NewEvents.OfType<OrchestratorStartedEvent>())
        {
            e.Timestamp = time.GetUtcNow().UtcDateTime;
        }

        if (context.GetProperty<TaskOrchestration>() is not OrchestratorShim orchestrator)
        {
            Fail(context, "OrchestratorTaskNotFound", MissingFunction("orchestrator", state.Name));
            return;
        }

        ParentInstance? parent = state.ParentInstance;
        orchestrator.Parent = parent is null ? null : new ParentOrchestrationInstance(parent.Name, parent.OrchestrationInstance.InstanceId);
        await next();
        if (orchestrator.FindViolation() is { } violation)
        {
            Fail(context, "ForeignAwait", violation);
        }
    }

    /// <summary>Runs an activity, and fails it if there is no such function.</summary>
    public static Task RunActivityAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        if (context.GetProperty<TaskActivity>() is not null)
        {
            return next();
        }

        TaskScheduledEvent call = context.GetProperty<TaskScheduledEvent>();
        FailureDetails failure = new("ActivityTaskNotFound", MissingFunction("activity", call.Name!), null, null, isNonRetriable: true);
        TaskFailedEvent failed = new(-1, call.EventId, failure.ErrorMessage, null, failure);
        context.SetProperty(new ActivityExecutionResult { ResponseEvent = failed });
        return Task.CompletedTask;
    }

    private static string MissingFunction(string kind, string name) =>
        $"There is no {kind} function named '{name}'. Check the name in its [Function] attribute and in the call.";

    private static void Fail(DispatchMiddlewareContext context, string errorType, string message)
    {
        OrchestrationCompleteOrchestratorAction end = new()
        {
            Id = context.GetProperty<OrchestrationRuntimeState>().Events.Count,
            OrchestrationStatus = OrchestrationStatus.Failed,
            Result = message,
            FailureDetails = new FailureDetails(errorType, message, null, null, isNonRetriable: true),
        };
        string? status = context.GetProperty<OrchestratorExecutionResult>()?.CustomStatus;
        context.SetProperty(new OrchestratorExecutionResult { Actions = [end], CustomStatus = status });
    }
}
