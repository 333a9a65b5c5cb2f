namespace PelNas.Shared.Tables;

/// <summary>A device with latencies: one that ships with the product or one that a user uploaded.</summary>
/// <param name="Name">Name in requests, for example <c>raspi4</c>.</param>
/// <param name="Description">The hardware and the batch size.</param>
/// <param name="LatencySource">Whether the latencies were measured, estimated or uploaded.</param>
/// <param name="Source">The publication the table comes from, or <c>upload</c>.</param>
/// <param name="Datasets">Data sets for whose networks there are latencies.</param>
/// <param name="Infeasible">Number of architectures that the device cannot run on any data set; all others have a latency.</param>
/// <param name="BatchSize">Images of the batch that a latency is of; null where it is not known.</param>
/// <param name="Precision">Arithmetic of the networks; null where it is not known.</param>
public sealed record DeviceInfo(
    string Name,
    string Description,
    LatencySource LatencySource,
    string Source,
    IReadOnlyList<string> Datasets,
    int Infeasible = 0,
    int? BatchSize = null,
    string? Precision = null)
{
    /// <summary>Unit of every latency, <c>ms</c>: for one batch.</summary>
    public const string Unit = "ms";

    /// <summary>Unit of the device's latencies.</summary>
    public string LatencyUnit { get; } = Unit;
}

/// <summary>Where a device's latencies come from.</summary>
public enum LatencySource
{
    /// <summary>Timed on the device.</summary>
    Measured,

    /// <summary>Estimated by the device's simulator or an analytic model of it.</summary>
    Estimated,

    /// <summary>Given by a user; how they came about is not known.</summary>
    Uploaded,
}
