using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Local.Engine;

namespace PelNas.Functions.Tests.Support;

/// <summary>Holds every run of one activity just before it begins, until it is let go.</summary>
internal sealed class HeldActivity(string name)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits until a run is held.</summary>
    public Task ReachedAsync() => Awaiting.For(_reached.Task, $"a run of {name}");

    /// <summary>Wraps the functions that a host's services name.</summary>
    public void AddTo(IServiceCollection services)
    {
        Type functions = services.Last(service => service.ServiceType == typeof(IDurableFunctions)).ImplementationType!;
        services.AddSingleton<IDurableFunctions>(provider => new Holding((IDurableFunctions)ActivatorUtilities.CreateInstance(provider, functions), this));
    }

    private async Task PassAsync(string activity, CancellationToken cancellationToken)
    {
        if (activity == name)
        {
            _reached.TrySetResult();
            await _open.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Holding(IDurableFunctions inner, HeldActivity held) : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

        public bool HasActivity(string name) => inner.HasActivity(name);

        public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
            inner.RunOrchestratorAsync(name, context, serializedInput);

        public async Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
        {
            await held.PassAsync(name, cancellationToken);
            return await inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken);
        }
    }
}
