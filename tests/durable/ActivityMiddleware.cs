namespace PelNas.Tests.Durable;

/// <summary>What an activity is called with.</summary>
internal sealed record ActivityCall(string Name, string InstanceId, string? Input, CancellationToken Stopping);

/// <summary>Runs each activity of an app through a step of the test's, which is given what runs it.</summary>
internal sealed class ActivityMiddleware(IDurableFunctions inner, Func<ActivityCall, Func<Task<string?>>, Task<string?>> step)
    : IDurableFunctions
{
    public bool HasOrchestrator(string name) => inner.HasOrchestrator(name);

    public bool HasActivity(string name) => inner.HasActivity(name);

    public Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
        inner.RunOrchestratorAsync(name, context, serializedInput);

    public Task<string?> RunActivityAsync(
        string name, string instanceId, string? serializedInput, CancellationToken cancellationToken) => step(
        new ActivityCall(name, instanceId, serializedInput, cancellationToken),
        () => inner.RunActivityAsync(name, instanceId, serializedInput, cancellationToken));
}

internal static class ActivityMiddlewareServices
{
    /// <summary>Runs the activities of the app that these services have through a step.</summary>
    public static void AroundActivities(this IServiceCollection services, Func<ActivityCall, Func<Task<string?>>, Task<string?>> step)
    {
        ServiceDescriptor functions = services.Last(service => service.ServiceType == typeof(IDurableFunctions));
        services.AddSingleton<IDurableFunctions>(provider => new ActivityMiddleware(
            (IDurableFunctions)(functions.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, functions.ImplementationType!)),
            step));
    }
}
