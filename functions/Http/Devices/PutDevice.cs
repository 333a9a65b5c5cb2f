using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>PUT /devices/{name}</c>: stores a user's latency table for the networks of one data set. Searches planned before keep to the table
/// they were planned with.
/// </summary>
public sealed class PutDevice(DeviceRepository uploads, BenchmarkCatalog catalog, LatencyUploadReader reader, TimeProvider time)
{
    /// <summary>The HTTP function. Answers 201 for a new table and 200 for a new version, or the same, of an old one.</summary>
    [Function(nameof(PutDevice))]
    [QueryNames("dataset")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "devices/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!DeviceNames.IsValid(name))
        {
            return Problems.Invalid("name", $"'{UntrustedText.Cut(name, 60)}' is not allowed; give {DeviceNames.Rule}");
        }

        if (catalog.IsBuiltIn(name))
        {
            return Problems.Conflict($"The device '{name}' ships with the product and cannot be replaced; choose another name.");
        }

        LatencyUpload upload = await reader.ReadAsync(request, cancellationToken);
        if (upload.Refusal is { } refusal)
        {
            return refusal;
        }

        DeviceTable table = new(name, upload.Dataset, time.GetUtcNow(), upload.LatencyMs);
        DeviceTable? old = await uploads.GetAsync(name, upload.Dataset, version: null, cancellationToken);
        if (old?.Version == table.Version)
        {
            return JsonResults.Of(StoredDeviceTable.Of(old));
        }

        await uploads.PutAsync(table, cancellationToken);
        return JsonResults.Of(StoredDeviceTable.Of(table), old is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}

/// <summary>The answer to <c>PUT /devices/{name}</c>.</summary>
/// <param name="Device">Name of the device.</param>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Version">Version of the table: a hash of its latencies. Searches show the version they use.</param>
/// <param name="UploadedAt">UTC time at which this version came into force.</param>
/// <param name="Architectures">Number of architectures.</param>
/// <param name="MinLatencyMs">Least latency, ms.</param>
/// <param name="MaxLatencyMs">Greatest latency, ms.</param>
/// <param name="Warning">That some latencies are far outside the rest, and how far measures count; null when none is.</param>
public sealed record StoredDeviceTable(
    string Device, string Dataset, string Version, DateTimeOffset UploadedAt, int Architectures, double MinLatencyMs, double MaxLatencyMs, string? Warning)
{
    internal static StoredDeviceTable Of(DeviceTable table) => new(
        table.Device,
        table.Dataset,
        table.Version,
        table.UploadedAt,
        table.LatencyMs.Length,
        table.LatencyMs.Min(),
        table.LatencyMs.Max(),
        BenchmarkContext.Range(table.Device, table.Dataset, [.. table.LatencyMs]).Warning);
}
