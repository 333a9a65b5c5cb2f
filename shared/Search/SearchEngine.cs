using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PelNas.Shared.Devices;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Images;

namespace PelNas.Shared.Search;

/// <summary>Registers the steps of a search, the same for the app's activities and for a search in this process.</summary>
public static class SearchEngine
{
    /// <summary>
    /// Adds the steps. The caller adds the tables (<see cref="BenchmarkTables"/>), the store (<see cref="Repositories.AddRepositories"/>)
    /// the clock and the chat client; an oracle that it has added before stays.
    /// </summary>
    public static IServiceCollection AddSearchEngine(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton(provider => provider.GetRequiredService<BenchmarkTables>().Space);
        services.TryAddSingleton<IAccuracyOracle, TabularOracle>();
        services.TryAddSingleton<IProxyScorers, TorchProxyScorers>();
        services.AddSingleton<BenchmarkCatalog>();
        services.AddSingleton(provider => new LatencyEstimator(provider.GetRequiredService<BenchmarkTables>()));
        services.TryAddSingleton<ProposerClient>();
        services.AddSingleton<RunContexts>();
        services.AddSingleton<RunHistories>();
        services.AddSingleton(provider => new SearchRequestValidator(
            provider.GetRequiredService<BenchmarkCatalog>(),
            provider.GetRequiredService<IProxyScorers>(),
            provider.GetRequiredService<ProposerClient>));

        // None, unless the app has named one: a search in this process asks for no images over the network.
        services.TryAddSingleton(new ImagesRoot(""));
        services.AddSingleton<ComputedScores>();
        services.AddSingleton<PredictorCache>();
        services.AddSingleton<Spending>();
        services.AddSingleton<SearchPlanner>();
        services.AddSingleton<SearchFinisher>();
        services.AddSingleton<TransferLabels>();
        services.AddSingleton<PriorAsker>();
        services.AddSingleton<PoolGrower>();
        services.AddSingleton<PartitionSeeder>();
        services.AddSingleton<HeuristicsUpdater>();
        services.AddSingleton<ArchitectureMutator>();
        services.AddSingleton<ZeroCostScorer>();
        services.AddSingleton<LatencyScorer>();
        services.AddSingleton<LabelChooser>();
        services.AddSingleton<LabelDesk>();
        services.AddSingleton<ArchitectureTrainer>();
        services.AddSingleton<ArchiveUpdater>();
        services.AddSingleton<FrontPublisher>();
        services.AddSingleton<FrontVerifier>();
        services.AddTransient<InProcessSearch>();
        return services;
    }
}
