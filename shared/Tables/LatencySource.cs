namespace PelNas.Shared.Tables;

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
