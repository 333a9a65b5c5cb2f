using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary><c>GET /devices</c>: devices with their data sets and where their latencies come from.</summary>
public sealed class ListDevices(BenchmarkCatalog catalog)
{
    [Function(nameof(ListDevices))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices")] HttpRequest request, CancellationToken cancellationToken)
        => JsonResults.Of(new DeviceList(DeviceInfo.Unit, catalog.Tables.Datasets, await catalog.ListDevicesAsync(cancellationToken)));
}

/// <summary>The answer to <c>GET /devices</c>.</summary>
/// <param name="Unit">Unit of every latency: <c>ms</c>, for one batch of the size that the device's description names.</param>
/// <param name="Datasets">Data sets with accuracies, on which devices can be searched for.</param>
/// <param name="Devices">The devices: those that ship, then those of users.</param>
public sealed record DeviceList(string Unit, IReadOnlyList<string> Datasets, IReadOnlyList<DeviceInfo> Devices);
