using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>DELETE /devices/{name}</c>: removes a user's device, or its table for one data set. Searches that were planned with a table keep to
/// it.
/// </summary>
public sealed class DeleteDevice(DeviceRepository uploads, BenchmarkCatalog catalog)
{
    [Function(nameof(DeleteDevice))]
    [QueryNames("dataset")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "devices/{name}")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? dataset = query.Text("dataset");
        query.Check();
        DeviceInfo device = await DeviceAnswers.FindAsync(catalog, name, cancellationToken) ?? throw DeviceAnswers.Unknown(name);
        if (catalog.IsBuiltIn(name))
        {
            throw Problems.Conflict($"The device '{name}' ships with the product and cannot be deleted.");
        }

        if (dataset is not null && !device.Datasets.Contains(dataset))
        {
            throw DeviceAnswers.NoTable(device, dataset);
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
    /// <exception cref="RefusedException">400: no device can have the name.</exception>
    public static void CheckName(string name)
    {
        if (!DeviceNames.IsValid(name))
        {
            throw Problems.Invalid("name", $"'{UntrustedText.Cut(name, 60)}' is not allowed; give {DeviceNames.Rule}");
        }
    }

    /// <summary>404: no such device.</summary>
    public static RefusedException Unknown(string name)
        => Problems.NotFound($"There is no device '{UntrustedText.Cut(name, 60)}'. GET /devices lists those there are.");

    /// <summary>404: the device has no table for the data set.</summary>
    public static RefusedException NoTable(DeviceInfo device, string dataset)
        => Problems.NotFound($"The device '{device.Name}' has no latencies for {dataset}, only for {string.Join(", ", device.Datasets)}.");

    /// <summary>A device of the given name, or null.</summary>
    public static async Task<DeviceInfo?> FindAsync(BenchmarkCatalog catalog, string name, CancellationToken cancellationToken)
        => (await catalog.ListDevicesAsync(cancellationToken)).FirstOrDefault(info => info.Name == name);

    /// <summary>The data set that was requested, or the one that the device has.</summary>
    /// <exception cref="RefusedException">It has none of that name, or several where none was requested.</exception>
    public static string Choose(DeviceInfo device, string? dataset) => dataset switch
    {
        null when device.Datasets.Count > 1 =>
            throw Problems.Invalid("dataset", $"is missing; give one of {string.Join(", ", device.Datasets)}"),
        null => device.Datasets[0],
        _ => device.Datasets.Contains(dataset) ? dataset : throw NoTable(device, dataset),
    };
}
