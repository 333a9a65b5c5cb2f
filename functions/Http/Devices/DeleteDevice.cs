using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>DELETE /devices/{name}</c>: removes a user's device, or its table for one data set. Searches that were planned with a table keep to it.
/// </summary>
public sealed class DeleteDevice(DeviceRepository uploads, BenchmarkCatalog catalog)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(DeleteDevice))]
    [QueryNames("dataset")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "devices/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? dataset = query.Text("dataset");
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        if ((await catalog.ListDevicesAsync(cancellationToken)).FirstOrDefault(info => info.Name == name) is not { } device)
        {
            return DeviceAnswers.Unknown(name);
        }

        if (catalog.IsBuiltIn(name))
        {
            return Problems.Conflict($"The device '{name}' ships with the product and cannot be deleted.");
        }

        if (dataset is not null && !device.Datasets.Contains(dataset))
        {
            return DeviceAnswers.NoTable(device, dataset);
        }

        foreach (string one in dataset is null ? device.Datasets : [dataset])
        {
            await uploads.RemoveAsync(name, one, cancellationToken);
        }

        return Results.NoContent();
    }
}

/// <summary>Answers that several functions about devices give.</summary>
internal static class DeviceAnswers
{
    /// <summary>404: no such device.</summary>
    public static IResult Unknown(string name) => Problems.NotFound($"There is no device '{Shared.Common.UntrustedText.Cut(name, 60)}'. GET /devices lists those there are.");

    /// <summary>404: the device has no table for the data set.</summary>
    public static IResult NoTable(DeviceInfo device, string dataset)
        => Problems.NotFound($"The device '{device.Name}' has no latencies for {dataset}, only for {string.Join(", ", device.Datasets)}.");

    /// <summary>Takes the one data set that a device has where none was requested; the refusal where that leaves open which is meant, or there is none.</summary>
    public static IResult? Choose(DeviceInfo device, [NotNull] ref string? dataset)
    {
        bool isOpen = dataset is null && device.Datasets.Count > 1;
        dataset ??= device.Datasets[0];
        if (isOpen)
        {
            return Problems.Invalid("dataset", $"is missing; give one of {string.Join(", ", device.Datasets)}");
        }

        return device.Datasets.Contains(dataset) ? null : NoTable(device, dataset);
    }
}
