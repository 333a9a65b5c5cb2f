using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Durable;
using PelNas.Local.Worker.Catalog;

namespace PelNas.Local.Worker.Durable;

/// <summary>The app's orchestrators and activities, for the durable engine.</summary>
internal sealed class DurableFunctions(FunctionCatalog catalog, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime) : IDurableFunctions
{
    public bool HasOrchestrator(string name) => catalog.Orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => catalog.Activities.ContainsKey(name);

    /// <remarks>
    /// A run that has to wait is left where it is and never ends, so what its class got from the scope is let go only by runs that reach
    /// the orchestrator's end. Orchestrators do no I/O and have no business with services that hold on to anything.
    /// </remarks>
    public async Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput)
    {
        var function = catalog.Orchestrators[name];
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new FunctionInvocation(function, scope.ServiceProvider, lifetime.ApplicationStopping)
        {
            Trigger = context,
            SerializedInput = serializedInput,
            InstanceId = context.InstanceId,
        };
        return LocalDataConverter.Default.Serialize(await function.Method.InvokeAsync(invocation));
    }

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
    {
        var function = catalog.Activities[name];
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new FunctionInvocation(function, scope.ServiceProvider, cancellationToken)
        {
            SerializedInput = serializedInput,
            InstanceId = instanceId,
        };
        return LocalDataConverter.Default.Serialize(await function.Method.InvokeAsync(invocation));
    }
}
