using PelNas.Shared.Devices;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>PUT /devices/{name}</c>: stores a user's latencies for the networks of one data set: all of them, or some, from which the others are
/// predicted. Searches planned before keep to the latencies they were planned with.
/// </summary>
public sealed class PutDevice(
    DeviceRepository uploads, BenchmarkCatalog catalog, LatencyUploadReader reader, LatencyEstimator estimator, TimeProvider time)
{
    /// <summary>The HTTP function. Answers 201 for a new table and 200 for a new version, or the same, of an old one.</summary>
    [Function(nameof(PutDevice))]
    [QueryNames("dataset")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "devices/{name}")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        DeviceAnswers.CheckName(name);
        if (catalog.IsBuiltIn(name))
        {
            throw Problems.Conflict($"The device '{name}' ships with the product and cannot be replaced; choose another name.");
        }

        (string dataset, IReadOnlyList<MeasuredCell> cells) = await reader.ReadAsync(request, cancellationToken);
        DeviceTable table = DeviceTable.Of(name, dataset, time.GetUtcNow(), catalog.Tables.Space, cells, estimator);
        DeviceTable? old = await uploads.GetAsync(name, dataset, version: null, cancellationToken);
        if (old?.Version == table.Version)
        {
            return JsonResults.Of(StoredDeviceTable.Of(old));
        }

        await uploads.PutAsync(table, cancellationToken);
        return JsonResults.Of(StoredDeviceTable.Of(table), old is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}

/// <summary>What is stored of a user's device for one data set: the answer to <c>PUT /devices/{name}</c>.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Version">Version of the table: a hash of its latencies. Searches show the version they use.</param>
/// <param name="UploadedAt">UTC time at which this version came into force.</param>
/// <param name="Architectures">Number of architectures with a latency, measured or predicted.</param>
/// <param name="Measured">Number of architectures that were measured, those that do not run included.</param>
/// <param name="Infeasible">Number of architectures that are known not to run.</param>
/// <param name="MinLatencyMs">Least latency, ms.</param>
/// <param name="MaxLatencyMs">Greatest latency, ms.</param>
/// <param name="Warning">That some latencies are far outside the rest, and how far measures count; null when none is.</param>
/// <param name="Validation">
/// How well the measurements predict one another, and a warning where that is poor; null where every architecture was measured.
/// </param>
/// <param name="Setup">How they were measured, where this program did.</param>
public sealed record StoredDeviceTable(
    string Device,
    string Dataset,
    string Version,
    DateTimeOffset UploadedAt,
    int Architectures,
    int Measured,
    int Infeasible,
    double MinLatencyMs,
    double MaxLatencyMs,
    string? Warning,
    LatencyValidation? Validation,
    MeasurementSetup? Setup)
{
    /// <summary>What is stored of a table.</summary>
    public static StoredDeviceTable Of(DeviceTable table)
    {
        double[] known = [.. table.LatencyMs.Where(double.IsFinite)];
        DeviceTableInfo info = table.Info;
        return new StoredDeviceTable(
            table.Device,
            table.Dataset,
            table.Version,
            table.UploadedAt,
            known.Length,
            info.Measured ?? table.LatencyMs.Length,
            info.Infeasible,
            known.Min(),
            known.Max(),
            BenchmarkContext.Range(table.Device, table.Dataset, known).Warning,
            info.Validation,
            info.Setup);
    }
}
