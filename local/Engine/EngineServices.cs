using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PelNas.Local.Engine;

/// <summary>Adds the embedded durable engine to an app.</summary>
public static class EngineServices
{
    /// <summary>JSON as the Functions worker has it by default: property names as declared, read without regard to case.</summary>
    internal static readonly JsonDataConverter Converter = new(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    /// <summary>
    /// Adds the engine as a hosted service, and its <see cref="DurableTaskClient"/>. The app has to add its
    /// <see cref="IDurableFunctions"/>. The history file is opened when one of them is first asked for, and let go of when the services are
    /// disposed.
    /// </summary>
    public static IServiceCollection AddDurableEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        services.AddOptions<EngineOptions>().Configure(options => configure?.Invoke(options)).ValidateDataAnnotations();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SqliteOrchestrationService>();
        services.TryAddSingleton<DurableTaskClient, LocalDurableTaskClient>();
        return services.AddHostedService<EngineHost>();
    }
}
