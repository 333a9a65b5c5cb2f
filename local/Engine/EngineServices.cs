using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PelNas.Local.Engine;

/// <summary>Adds the embedded durable engine to an app.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds the engine as a hosted service, and its <see cref="DurableTaskClient"/>. The app has to add its <see cref="IDurableFunctions"/>.
    /// The history file is opened when one of them is first asked for, and let go of when the services are disposed.
    /// </summary>
    public static IServiceCollection AddDurableEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<EngineOptions>().Configure(options => configure?.Invoke(options));
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SqliteOrchestrationService(
            Options(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteOrchestrationService>>()));
        services.TryAddSingleton(provider => new EngineHost(
            provider.GetRequiredService<SqliteOrchestrationService>(),
            provider.GetRequiredService<IDurableFunctions>(),
            Options(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<DurableTaskClient>(provider => new LocalDurableTaskClient(
            provider.GetRequiredService<SqliteOrchestrationService>(), Options(provider).DefaultVersion));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EngineHost>());
        return services;
    }

    private static EngineOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<EngineOptions>>().Value;
}
