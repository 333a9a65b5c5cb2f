using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary><c>GET /devices/{name}</c>: a device, and for one of a user's what is measured of it and how well that predicts the rest.</summary>
public sealed class GetDevice(DeviceRepository uploads, BenchmarkCatalog catalog)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetDevice))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceInfo> devices = await catalog.ListDevicesAsync(cancellationToken);
        if (devices.FirstOrDefault(device => device.Name == name) is not { } info)
        {
            return Problems.NotFound($"There is no device '{UntrustedText.Line(name, 60)}'; GET /devices lists those there are.");
        }

        List<StoredDeviceTable> tables = [];
        if (!catalog.IsBuiltIn(name))
        {
            foreach (string dataset in info.Datasets)
            {
                if (await uploads.GetAsync(name, dataset, version: null, cancellationToken) is { } table)
                {
                    tables.Add(StoredDeviceTable.Of(table));
                }
            }
        }

        return JsonResults.Of(new DeviceDetails(info, tables));
    }
}

/// <summary>The answer to <c>GET /devices/{name}</c>.</summary>
/// <param name="Device">The device, as in the list.</param>
/// <param name="Tables">What is stored of it, by data set; empty for a device that ships.</param>
public sealed record DeviceDetails(DeviceInfo Device, IReadOnlyList<StoredDeviceTable> Tables);
