using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Shared.Common;
using PelNas.Shared.Devices.Uploads;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary><c>GET /devices/{name}</c>: the latencies of a device for the networks of one data set, in the form that PUT takes, or a summary of a user's.</summary>
public sealed class GetDevice(DeviceRepository uploads, BenchmarkCatalog catalog)
{
    private const string Json = "json";
    private const string Csv = "csv";
    private const string Summary = "summary";

    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetDevice))]
    [QueryNames("dataset", "format")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? dataset = query.OneOf("dataset", catalog.Tables.Datasets);
        string format = query.OneOf("format", Json, Csv, Summary) ?? Json;
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        if ((await catalog.ListDevicesAsync(cancellationToken)).FirstOrDefault(info => info.Name == name) is not { } device)
        {
            return DeviceAnswers.Unknown(name);
        }

        if (dataset is null && device.Datasets.Count > 1)
        {
            return Problems.Invalid("dataset", $"is missing; give one of {string.Join(", ", device.Datasets)}");
        }

        dataset ??= device.Datasets[0];
        if (!device.Datasets.Contains(dataset))
        {
            return DeviceAnswers.NoTable(device, dataset);
        }

        if (format == Summary)
        {
            return catalog.IsBuiltIn(name) || await uploads.GetAsync(name, dataset, version: null, cancellationToken) is not { } table
                ? Problems.Invalid("format", $"is {Summary}, which is of measurements of one's own, and '{name}' ships; give {Json} or {Csv}")
                : JsonResults.Of(StoredDeviceTable.Of(table));
        }

        BenchmarkContext context = await catalog.GetContextAsync(dataset, name, tableVersion: null, cancellationToken);
        int[] known = [.. Enumerable.Range(0, context.Space.Size).Where(context.IsFeasible)];
        return format == Csv
            ? ConditionalResults.Of(request, Lines(context, known), MediaTypeNames.Text.Csv)
            : ConditionalResults.Of(request, PelNasJson.Serialize(Document(context, known)), MediaTypeNames.Application.Json);
    }

    private static string Lines(BenchmarkContext context, int[] known)
    {
        StringBuilder csv = new(MeasurementCsv.Header + "\n");
        foreach (int index in known)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{index},{context.LatencyMs[index]:R}\n");
        }

        return csv.ToString();
    }

    private static LatencyDocument Document(BenchmarkContext context, int[] known)
        => new(context.Dataset, JsonSerializer.SerializeToElement(known.Select(index => new { index, latencyMs = context.LatencyMs[index] })));
}
