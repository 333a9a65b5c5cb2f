using System.Collections.Concurrent;
using Microsoft.DurableTask;
using PelNas.Local.Durable;

namespace PelNas.Functions.Tests.Support;

/// <summary>Keeps what every activity was called with, so that each can be delivered again when the rest of its search is long done.</summary>
internal sealed class RecordedActivities
{
    private readonly ConcurrentQueue<(string Name, string InstanceId, string? Input)> _calls = new();
    private IDurableFunctions? _functions;

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyCollection<(string Name, string InstanceId, string? Input)> Calls => _calls;

    /// <summary>Wraps the functions of an app.</summary>
    public IDurableFunctions Around(IDurableFunctions functions)
    {
        _functions = functions;
        return new Recorder(functions, _calls);
    }

    /// <summary>Delivers a call again.</summary>
    public Task RedeliverAsync((string Name, string InstanceId, string? Input) call, CancellationToken cancellationToken)
        => _functions!.RunActivityAsync(call.Name, call.InstanceId, call.Input, cancellationToken);

    private sealed class Recorder(IDurableFunctions inner, ConcurrentQueue<(string Name, string InstanceId, string? Input)> calls) : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

        public bool HasActivity(string name) => inner.HasActivity(name);

        public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
            inner.RunOrchestratorAsync(name, context, serializedInput);

        public Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
        {
            calls.Enqueue((name, instanceId, serializedInput));
            return inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
        }
    }
}
