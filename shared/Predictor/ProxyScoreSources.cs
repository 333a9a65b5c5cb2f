namespace PelNas.Shared.Predictor;

/// <summary>Where a search has its zero-cost scores from, as named in requests.</summary>
public static class ProxyScoreSources
{
    /// <summary>The table that ships: of every function, of CIFAR-10's network for all data sets, and without LibTorch.</summary>
    public const string Table = "table";

    /// <summary>
    /// Computed by the search for its candidates, with the network of its own data set, on its images where it trains on some.
    /// </summary>
    public const string Compute = "compute";

    /// <summary>The allowed names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Table, Compute];
}
