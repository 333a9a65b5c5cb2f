using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;

namespace PelNas.Local.Engine.Shims;

/// <summary>An orchestrator function for the engine: the SDK's own shim, with the function's input and output passed by.</summary>
internal sealed class OrchestratorShim(
    string name, IDurableFunctions functions, DurableTaskShimFactory shims, ILoggerFactory loggers, Action<OrchestrationInstance> wake)
    : TaskOrchestration, ITaskOrchestrator
{
    private TaskOrchestration? _shim;
    private OrchestratorGuard? _guard;
    private GuardedContext? _context;
    private Task<string?>? _function;
    private string? _serializedInput;

    /// <summary>Who called it. The engine does not tell when it asks for an orchestrator, so this is set before the first turn.</summary>
    public ParentOrchestrationInstance? Parent { get; set; }

    public Type InputType => typeof(object);

    public Type OutputType => typeof(object);

    public override async Task<string?> Execute(OrchestrationContext context, string? input)
    {
        _serializedInput = input;
        _guard = new OrchestratorGuard(() => wake(context.OrchestrationInstance));
        _shim = shims.CreateOrchestration(name, this, Parent);
        await _shim.Execute(context, null);
        return await _function!;
    }

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        // Until the first await here, and by it for all continuations; the caller has its own back afterwards.
        SynchronizationContext.SetSynchronizationContext(_guard);
        _context = new GuardedContext(context, _serializedInput, _guard!, loggers);
        _function = functions.RunOrchestratorAsync(name, _context, _serializedInput);
        await _function;
        return null;
    }

    /// <summary>After a turn: what the function did that it may not; null when all is well.</summary>
    public string? FindViolation()
    {
        if (_function is { IsCompleted: false } && !_context!.HasOpenTasks())
        {
            _guard!.Report("waits for something that is not a durable task");
        }

        return _guard?.Violation;
    }

    public override string? GetStatus() => _shim?.GetStatus();

    public override void RaiseEvent(OrchestrationContext context, string name, string input) => _shim?.RaiseEvent(context, name, input);
}

/// <summary>An activity function for the engine.</summary>
internal sealed class ActivityShim(string name, IDurableFunctions functions, CancellationToken stopping) : TaskActivity
{
    public override string Run(TaskContext context, string input) => throw new NotSupportedException("Activities run asynchronously.");

    public override async Task<string?> RunAsync(TaskContext context, string? input)
    {
        // The engine wraps the one argument in an array.
        string? argument = input is ['[', .. string wrapped, ']'] ? (wrapped == "null" ? null : wrapped) : input;
        try
        {
            return await functions.RunActivityAsync(name, context.OrchestrationInstance.InstanceId, argument, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new SessionAbortedException($"The activity '{name}' was stopped with the program; it runs again at the next start.");
        }
    }
}
