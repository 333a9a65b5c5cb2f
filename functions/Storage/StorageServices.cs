using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Functions.Storage;

/// <summary>The store that the settings ask for.</summary>
internal static class StorageServices
{
    /// <summary>Adds it, unless the caller has added one. Settings are checked, and it is asked once, at the start of the app.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.TryAddSingleton(provider => RowStores.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            PelNasServices.StorePath(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.DataDirectory)));
        services.AddRepositories();
        services.AddHostedService<StoreCheck>();
        return services;
    }
}

/// <summary>Refuses settings of the store that are wrong, before anything uses them.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
        => options.Problems().ToArray() is { Length: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}

/// <summary>Asks the store for a row when the app starts, so that a missing role shows then and not in the first search.</summary>
internal sealed class StoreCheck(IRowStore rows) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => rows.GetAsync(new RowId("Runs", "start", "check"), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
