namespace PelNas.Shared.Benchmarks;

/// <summary>A device whose latencies ship with the product.</summary>
/// <param name="Name">Name in requests, for example <c>raspi4</c>.</param>
/// <param name="Description">The hardware and the batch size.</param>
/// <param name="LatencySource">Whether the latencies were measured or estimated.</param>
/// <param name="Source">The publication the table comes from.</param>
/// <param name="Datasets">Data sets for whose networks every architecture has a latency.</param>
/// <param name="PartialDatasets">Data sets for whose networks only some architectures have one.</param>
public sealed record DeviceInfo(
    string Name,
    string Description,
    LatencySource LatencySource,
    string Source,
    IReadOnlyList<string> Datasets,
    IReadOnlyList<string> PartialDatasets)
{
    /// <summary>Unit of every latency, <c>ms</c>: for one batch of the size that the description names.</summary>
    public static string Unit => "ms";
}
