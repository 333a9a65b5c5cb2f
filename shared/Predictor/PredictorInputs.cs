namespace PelNas.Shared.Predictor;

/// <summary>What the accuracy predictor sees of a cell, as named in requests.</summary>
public static class PredictorInputs
{
    /// <summary>Features of the cell's paths.</summary>
    public const string Paths = "paths";

    /// <summary>Training-free scores.</summary>
    public const string Proxies = "proxies";

    /// <summary>Both.</summary>
    public const string Both = "both";

    /// <summary>The allowed names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Both, Paths, Proxies];
}
