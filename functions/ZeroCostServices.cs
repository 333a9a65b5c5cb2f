using Microsoft.Extensions.DependencyInjection;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage;

namespace PelNas.Functions;

/// <summary>Adds what scores candidates without training them.</summary>
internal static class ZeroCostServices
{
    public static IServiceCollection AddZeroCostScoring(this IServiceCollection services, Func<IServiceProvider, string> storePath) => services
        .AddSingleton<IProxyScoreStore>(provider => new SqliteProxyScoreStore(storePath(provider)))
        .AddSingleton<ProxyScores>()
        .AddSingleton<ZeroCostScorer>();
}
