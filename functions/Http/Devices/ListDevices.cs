using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Search;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary><c>GET /devices</c>: devices with their data sets and where their latencies come from.</summary>
public sealed class ListDevices(BenchmarkCatalog catalog)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(ListDevices))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices")] HttpRequest request, CancellationToken cancellationToken)
        => JsonResults.Of(new DeviceList(DeviceInfo.Unit, catalog.Tables.Datasets, await catalog.ListDevicesAsync(cancellationToken)));
}
