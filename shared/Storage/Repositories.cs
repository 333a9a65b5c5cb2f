using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PelNas.Shared.Storage.Transfer;

namespace PelNas.Shared.Storage;

/// <summary>Registers the repositories.</summary>
public static class Repositories
{
    /// <summary>Adds them. The caller adds the store of their rows (<see cref="Rows.IRowStore"/>) and the clock.</summary>
    public static IServiceCollection AddRepositories(this IServiceCollection services)
    {
        services.TryAddSingleton<RunRepository>();
        services.TryAddSingleton<LabelRepository>();
        services.TryAddSingleton<SweepRepository>();
        services.TryAddSingleton<DeviceRepository>();
        services.TryAddSingleton<SpaceRepository>();
        services.TryAddSingleton<AnswerRepository>();
        services.TryAddSingleton<IAnswerStore>(provider => provider.GetRequiredService<AnswerRepository>());
        services.TryAddSingleton<ProxyScoreRepository>();
        services.TryAddSingleton<RequestRepository>();
        services.TryAddSingleton<RunExporter>();
        services.TryAddSingleton<RunImporter>();
        return services;
    }
}
