using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Devices;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Schedules;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Chat;
using PelNas.Shared.Chat.Offline;
using PelNas.Shared.Evolution;
using PelNas.Shared.Heuristics;
using PelNas.Shared.Pareto;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Scoring.Labels;
using PelNas.Shared.Scoring.Latency;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage;

namespace PelNas.Functions;

/// <summary>Puts the app together: which adapter stands behind each port of the engine.</summary>
public static class PelNasServices
{
    /// <summary>Adds the engine. Services that the caller has already added stay.</summary>
    public static IServiceCollection AddPelNas(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PelNasOptions>().BindConfiguration(PelNasOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => OpenTables(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.TablesDirectory));
        services.TryAddSingleton(provider => provider.GetRequiredService<BenchmarkTables>().Space);
        services.TryAddSingleton<IRunStore>(provider => new SqliteRunStore(
            StorePath(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.DataDirectory)));
        services.TryAddSingleton<ILatencySource, TableLatencySource>();
        services.TryAddSingleton<IAccuracyOracle, TabularOracle>();
        services.TryAddSingleton<IChatClient>(provider => new PromptCacheChatClient(
            ActivatorUtilities.CreateInstance<OfflineChatClient>(provider), provider.GetRequiredService<IRunStore>()));

        services.AddSingleton<BenchmarkCatalog>();
        services.AddSingleton<Proposer>();
        services.AddSingleton<RunContexts>();
        services.AddSingleton<SearchRequestValidator>();
        services.AddSingleton<PredictorCache>();
        services.AddSingleton<SearchPlanner>();
        services.AddSingleton<SearchFinisher>();
        services.AddSingleton<PartitionSeeder>();
        services.AddSingleton<HeuristicsUpdater>();
        services.AddSingleton<ArchitectureMutator>();
        services.AddZeroCostScoring(provider => StorePath(provider.GetRequiredService<IOptions<PelNasOptions>>().Value.DataDirectory));
        services.AddSingleton<LatencyScorer>();
        services.AddSingleton<LabelChooser>();
        services.AddSingleton<ArchiveUpdater>();
        services.AddSingleton<FrontPublisher>();

        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<SearchStarter>();
        services.AddSingleton<SearchRemover>();
        services.AddSingleton<LatencyUploadReader>();
        return services.AddSchedules();
    }

    /// <summary>The file of the embedded store in a data folder.</summary>
    public static string StorePath(string dataDirectory) => Path.Combine(dataDirectory, "store.db");

    /// <summary>The benchmark tables of a folder; empty means those that ship with the app.</summary>
    public static BenchmarkTables OpenTables(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return directory.Length > 0 ? new BenchmarkTables(directory) : BenchmarkTables.OpenDefault();
    }
}
