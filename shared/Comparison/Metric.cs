using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison;

/// <summary>A measure that strategies are compared by.</summary>
/// <param name="Name">Name in results.</param>
/// <param name="HigherIsBetter">Which direction is good.</param>
/// <param name="Of">Reads it.</param>
public sealed record Metric(string Name, string Title, bool HigherIsBetter, Func<FrontQuality, double> Of)
{
    /// <summary>The measures that are reported. Any one alone misleads.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("hypervolumeRatio", "hypervolume ratio", true, quality => quality.HypervolumeRatio),
        new("igd", "IGD", false, quality => quality.Igd),
        new("frontHitRate", "front hit rate", true, quality => quality.FrontHitRate),
        new("liveHypervolumeRatio", "live hypervolume ratio", true, quality => quality.LiveHypervolumeRatio),
    ];

    /// <summary>The value with its sign turned so that less is better.</summary>
    public double Loss(FrontQuality quality) => HigherIsBetter ? -Of(quality) : Of(quality);
}
