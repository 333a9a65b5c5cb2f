using PelNas.Shared.Tables;


namespace PelNas.Functions.Http.Devices;

/// <summary>The answer to <c>GET /devices</c>.</summary>
/// <param name="Unit">Unit of every latency: <c>ms</c>, for one batch of the size that the device's description names.</param>
/// <param name="Datasets">Data sets with accuracies, on which devices can be searched for.</param>
/// <param name="Devices">The devices: those that ship, then those of users.</param>
public sealed record DeviceList(string Unit, IReadOnlyList<string> Datasets, IReadOnlyList<DeviceInfo> Devices);
