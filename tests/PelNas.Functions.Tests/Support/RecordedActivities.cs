using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Local.Engine;

namespace PelNas.Functions.Tests.Support;

/// <summary>Keeps what every activity was called with, so that each can be delivered again when the rest of its search is long done.</summary>
internal sealed class RecordedActivities
{
    private readonly ConcurrentQueue<(string Name, string InstanceId, string? Input)> _calls = new();
    private readonly ConcurrentQueue<(string Name, Task<string?> Run)> _runs = new();
    private IDurableFunctions? _functions;

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyCollection<(string Name, string InstanceId, string? Input)> Calls => _calls;

    /// <summary>The runs of activities so far, those under way among them.</summary>
    public IReadOnlyCollection<(string Name, Task<string?> Run)> Runs => _runs;

    /// <summary>Wraps the functions of an app.</summary>
    private Recorder Around(IDurableFunctions functions)
    {
        _functions = functions;
        return new Recorder(functions, this);
    }

    /// <summary>Wraps the functions that a host's services name.</summary>
    public void AddTo(IServiceCollection services)
    {
        Type functions = services.Last(service => service.ServiceType == typeof(IDurableFunctions)).ImplementationType!;
        services.AddSingleton<IDurableFunctions>(provider => Around((IDurableFunctions)ActivatorUtilities.CreateInstance(provider, functions)));
    }

    /// <summary>Delivers a call again.</summary>
    public Task RedeliverAsync((string Name, string InstanceId, string? Input) call, CancellationToken cancellationToken)
        => _functions!.RunActivityAsync(call.Name, call.InstanceId, call.Input, cancellationToken);

    private sealed class Recorder(IDurableFunctions inner, RecordedActivities all) : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

        public bool HasActivity(string name) => inner.HasActivity(name);

        public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
            inner.RunOrchestratorAsync(name, context, serializedInput);

        public Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
        {
            all._calls.Enqueue((name, instanceId, serializedInput));
            Task<string?> run = inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
            all._runs.Enqueue((name, run));
            return run;
        }
    }
}
