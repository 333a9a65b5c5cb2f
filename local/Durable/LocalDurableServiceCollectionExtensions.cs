using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable;

/// <summary>Adds the embedded durable engine to an app.</summary>
public static class LocalDurableServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine as a hosted service, its <see cref="DurableTaskClient"/> and <see cref="LocalDurableHistory"/>. The app has to add its <see cref="IDurableFunctions"/>.
    /// The history file is opened when one of them is first asked for, and let go of when the services are disposed.
    /// </summary>
    public static IServiceCollection AddLocalDurable(this IServiceCollection services, Action<LocalDurableOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LocalDurableOptions>().Configure(options => configure?.Invoke(options));
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Open);
        services.TryAddSingleton(provider => new LocalDurableEngine(
            provider.GetRequiredService<HistoryStore>(),
            provider.GetRequiredService<IDurableFunctions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<IOptions<LocalDurableOptions>>()));
        services.TryAddSingleton<DurableTaskClient>(provider => new LocalDurableTaskClient(
            provider.GetRequiredService<HistoryStore>(), provider.GetRequiredService<LocalDurableEngine>().Waiters, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new LocalDurableHistory(provider.GetRequiredService<HistoryStore>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LocalDurableEngine>());
        return services;
    }

    private static HistoryStore Open(IServiceProvider provider)
    {
        LocalDurableOptions options = provider.GetRequiredService<IOptions<LocalDurableOptions>>().Value;
        options.Validate();
        return new HistoryStore(options.HistoryPath, [.. options.Observers]);
    }
}
