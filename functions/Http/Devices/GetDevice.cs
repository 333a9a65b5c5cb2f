using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Uploads;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>GET /devices/{name}</c>: the latencies of a device for the networks of one data set, in the form that PUT takes, or what is measured
/// of a user's.
/// </summary>
public sealed class GetDevice(DeviceRepository uploads, BenchmarkCatalog catalog, LatencyEstimator estimator)
{
    private const string Json = "json";
    private const string Csv = "csv";
    private const string Summary = "summary";
    private const string Measured = "measured";

    [Function(nameof(GetDevice))]
    [QueryNames("dataset", "format")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices/{name}")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? requested = query.Text("dataset");
        string format = query.OneOf("format", Json, Csv, Summary, Measured) ?? Json;
        query.Check();
        DeviceInfo device = await DeviceAnswers.FindAsync(catalog, name, cancellationToken) ?? throw DeviceAnswers.Unknown(name);
        string dataset = DeviceAnswers.Choose(device, requested);
        DeviceTable? table = catalog.IsBuiltIn(name) ? null : await uploads.GetAsync(name, dataset, version: null, cancellationToken);
        if (format is Summary or Measured)
        {
            if (table is null)
            {
                throw Problems.Invalid(
                    "format", $"is {format}, which is of measurements of one's own, and '{name}' ships; give {Json} or {Csv}");
            }

            return format == Summary
                ? JsonResults.Of(StoredDeviceTable.Of(table))
                : JsonResults.Of(DevicePoints.Of(table, catalog.Tables.Space, estimator));
        }

        IReadOnlyList<double> latencyMs = table?.LatencyMs ?? catalog.Tables.GetLatency(dataset, name);
        int[] known = [.. Enumerable.Range(0, latencyMs.Count).Where(index => double.IsFinite(latencyMs[index]))];
        return format == Csv
            ? ConditionalResults.Of(request, Lines(latencyMs, known), MediaTypeNames.Text.Csv)
            : ConditionalResults.Json(request, Document(dataset, latencyMs, known));
    }

    private static string Lines(IReadOnlyList<double> latencyMs, int[] known)
    {
        StringBuilder csv = new(MeasurementCsv.Header + "\n");
        foreach (int index in known)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{index},{latencyMs[index]:R}\n");
        }

        return csv.ToString();
    }

    private static LatencyDocument Document(string dataset, IReadOnlyList<double> latencyMs, int[] known)
        => new(dataset, JsonSerializer.SerializeToElement(known.Select(index => new { index, latencyMs = latencyMs[index] })));
}
