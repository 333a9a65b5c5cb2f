using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Engine;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host;

/// <summary>The app's orchestrators and activities, for the durable engine.</summary>
internal sealed class DurableFunctions(FunctionCatalog catalog, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime)
    : IDurableFunctions
{
    public bool HasOrchestrator(string name) => catalog.Find<OrchestrationTriggerAttribute>(name) is not null;

    public bool HasActivity(string name) => catalog.Find<ActivityTriggerAttribute>(name) is not null;

    /// <remarks>
    /// A run that has to wait is left where it is and never ends, so what its class got from the scope is let go only by runs that reach
    /// the orchestrator's end. Orchestrators do no I/O and have no business with services that hold on to anything. Middleware is not run
    /// around them: it would see each replay as a run.
    /// </remarks>
    public async Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput)
    {
        FunctionDescriptor function = catalog.Find<OrchestrationTriggerAttribute>(name)!;
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        Invocation invocation = new(function, scope.ServiceProvider, lifetime.ApplicationStopping) { Trigger = context };
        return EngineServices.Converter.Serialize(await function.Method.InvokeAsync(invocation, invocation.Bind()));
    }

    public async Task<string?> RunActivityAsync(
        string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
    {
        FunctionDescriptor function = catalog.Find<ActivityTriggerAttribute>(name)!;
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        Invocation invocation = new(function, scope.ServiceProvider, cancellationToken) { SerializedInput = serializedInput };
        return EngineServices.Converter.Serialize(await invocation.RunAsync());
    }
}
