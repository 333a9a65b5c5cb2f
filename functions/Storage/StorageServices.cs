using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Storage;

/// <summary>The store that the settings ask for.</summary>
internal static class StorageServices
{
    /// <summary>Adds it, unless the caller has added one. Settings are checked, and tables created, at the start of the app.</summary>
    public static IServiceCollection AddRunStore(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.TryAddSingleton(provider => RunStores.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            PelNasServices.StorePath(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.DataDirectory),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<StoreCreation>();
        return services;
    }
}
