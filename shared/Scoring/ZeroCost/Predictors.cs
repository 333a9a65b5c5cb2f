using PelNas.Shared.Benchmarks;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>What a search may predict accuracies from.</summary>
public static class Predictors
{
    /// <summary>Features of the cell's paths. Needs no LibTorch.</summary>
    public const string Paths = "paths";

    /// <summary>Zero-cost proxies.</summary>
    public const string Proxies = "proxies";

    /// <summary>Features of the paths and zero-cost proxies.</summary>
    public const string Both = "both";

    /// <summary>Names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Paths, Proxies, Both];

    /// <summary>The predictor of a search in words, with the proxies' settings and where they come from.</summary>
    public static string Describe(SearchRequest request, BenchmarkTables tables)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tables);
        if (request.Predictor == Paths)
        {
            return PathRegression.Name;
        }

        string source = tables.HasProxyScores(request.Dataset) ? "table that ships" : "computed";
        string name = request.Predictor == Both ? "path-and-proxy-regression" : "proxy-regression";
        return $"{name} ({ProxyTable.SettingsOf(request.Dataset).Version}, {source})";
    }
}
