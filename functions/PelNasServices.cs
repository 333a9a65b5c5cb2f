using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PelNas.Functions.Chat;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Devices;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Schedules;
using PelNas.Functions.Storage;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Reports;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Images;

namespace PelNas.Functions;

/// <summary>Puts the app together: which adapter stands behind each port of the engine.</summary>
public static class PelNasServices
{
    /// <summary>
    /// Adds the app to any host: its services, and what runs around its functions. Comes after <c>ConfigureFunctionsWebApplication</c>, by
    /// which the middleware here finds the request.
    /// </summary>
    public static IFunctionsWorkerApplicationBuilder UsePelNas(this IFunctionsWorkerApplicationBuilder builder)
    {
        builder.Services.AddPelNas();
        builder.UseWhen<FaultAnswers>(FaultAnswers.Concern);
        builder.UseWhen<UnknownParameters>(FaultAnswers.Concern);
        builder.UseWhen<StepSpans>(StepSpans.Concern);
        return builder;
    }

    /// <summary>Adds the engine. Services that the caller has already added stay.</summary>
    public static IServiceCollection AddPelNas(this IServiceCollection services)
    {
        services.AddOptions<PelNasOptions>().BindConfiguration(PelNasOptions.Section);
#pragma warning disable RS0030 // Here it is given to all that ask for a TimeProvider.
        services.TryAddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.TryAddSingleton(provider => OpenTables(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.TablesDirectory));
        services.TryAddSingleton(
            provider => new TrainingFolder(TrainingPath(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.DataDirectory)));
        services.AddOptions<LabelTrainingOptions>().BindConfiguration(LabelTrainingOptions.Section);
        services.TryAddSingleton(provider => new ImagesRoot(provider.GetRequiredService<IOptions<LabelTrainingOptions>>().Value.Images));
        services.AddStore();
        services.AddSearchEngine();
        services.AddSingleton<RunReporter>();

        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<SearchStarter>();
        services.AddSingleton<LatencyUploadReader>();
        return services.AddChat().AddSchedules();
    }

    /// <summary>The file of the embedded store in a data folder.</summary>
    public static string StorePath(string dataDirectory) => Path.Combine(dataDirectory, "store.db");

    /// <summary>The folder of networks that are trained, in a data folder.</summary>
    public static string TrainingPath(string dataDirectory) => Path.Combine(dataDirectory, "training");

    /// <summary>The benchmark tables of a folder; empty means those that ship with the app.</summary>
    public static BenchmarkTables OpenTables(string directory)
        => directory.Length > 0 ? new BenchmarkTables(directory) : BenchmarkTables.OpenDefault();
}
