using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// What can stand in for a device without a table of its latencies: counts of the benchmark's network, C = 16 and N = 5, or what comes with
/// the labels.
/// </summary>
public static class CountedDevices
{
    /// <summary>Multiply-accumulates for one image, millions.</summary>
    public const string Flops = "flops";

    /// <summary>Trainable parameters, millions.</summary>
    public const string Params = "params";

    /// <summary>A latency that is told with each label, ms. What is not told yet goes by <see cref="Flops"/> until a few are.</summary>
    public const string Told = "told";

    /// <summary>The two counts.</summary>
    public static IReadOnlyList<string> Names { get; } = [Flops, Params];

    /// <summary>What stands over a column of a device's latencies: their unit, or that of a count.</summary>
    public static string HeadingOf(string device) => device switch
    {
        Flops => "FLOPs M",
        Params => "params M",
        _ => "latency ms",
    };

    /// <summary>The counts of all architectures, instead of milliseconds.</summary>
    /// <param name="device">One of <see cref="Names"/>.</param>
    /// <param name="shape">Image size and classes.</param>
    public static ImmutableArray<double> LatencyMs(ISearchSpace space, string device, DatasetShape shape)
    {
        return
        [
            .. Enumerable.Range(0, space.Size).Select(index => device == Flops
                ? space.FlopsM(index, shape.Resolution, shape.Classes)
                : space.ParamsM(index, shape.Classes)),
        ];
    }
}
