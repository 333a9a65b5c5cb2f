namespace PelNas.Shared.Tables;

/// <summary>
/// How good a found front is, measured against the exact front of its context. <see cref="ContextMetrics"/> has the definitions.
/// </summary>
public sealed record FrontQuality
{
    internal static FrontQuality Of(YardstickReading whole, YardstickReading live, int trueFrontSize) => new()
    {
        Hypervolume = whole.Hypervolume,
        HypervolumeRatio = whole.HypervolumeRatio,
        Igd = whole.Igd,
        FrontHitRate = whole.HitRate,
        TrueFrontSize = trueFrontSize,
        LiveHypervolumeRatio = live.HypervolumeRatio,
        LiveIgd = live.Igd,
        LiveFrontHitRate = live.HitRate,
    };

    /// <summary>Hypervolume of the found front; both objectives scaled to 0..1 over the whole context, reference point (1, 1).</summary>
    public required double Hypervolume { get; init; }

    /// <summary><see cref="Hypervolume"/> as a share of the exact front's.</summary>
    public required double HypervolumeRatio { get; init; }

    /// <summary>Mean scaled distance from the points of the exact front to the nearest found one; 0 is best.</summary>
    public required double Igd { get; init; }

    /// <summary>Share of the points of the exact front that were found.</summary>
    public required double FrontHitRate { get; init; }

    /// <summary>Number of points of the exact front.</summary>
    public required int TrueFrontSize { get; init; }

    /// <summary><see cref="HypervolumeRatio"/> within ten points of the best accuracy.</summary>
    public required double LiveHypervolumeRatio { get; init; }

    /// <summary><see cref="Igd"/> within ten points of the best accuracy.</summary>
    public required double LiveIgd { get; init; }

    /// <summary><see cref="FrontHitRate"/> within ten points of the best accuracy.</summary>
    public required double LiveFrontHitRate { get; init; }
}
