using PelNas.Shared.Records;


namespace PelNas.Functions.Http.Devices;

/// <summary>The answer to <c>PUT /devices/{name}</c>.</summary>
/// <param name="Device">Name of the device.</param>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Version">Version of the table: a hash of its latencies. Searches show the version they use.</param>
/// <param name="UploadedAt">UTC time at which this version came into force.</param>
/// <param name="Architectures">Number of architectures.</param>
/// <param name="MinLatencyMs">Least latency, ms.</param>
/// <param name="MaxLatencyMs">Greatest latency, ms.</param>
public sealed record StoredDeviceTable(
    string Device, string Dataset, string Version, DateTimeOffset UploadedAt, int Architectures, double MinLatencyMs, double MaxLatencyMs)
{
    internal static StoredDeviceTable Of(DeviceTable table) => new(
        table.Device, table.Dataset, table.Version, table.UploadedAt, table.LatencyMs.Length, table.LatencyMs.Min(), table.LatencyMs.Max());
}
