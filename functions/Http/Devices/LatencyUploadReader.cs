using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PelNas.Shared.Common;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Uploads;
using PelNas.Shared.Search;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// Reads uploaded latencies: JSON <c>{ "dataset", "latencies": [...] }</c>, or CSV with the data set in the query. They are of every
/// architecture of the space, or of some, from which the others are predicted.
/// </summary>
/// <param name="catalog">Knows the space and the data sets.</param>
public sealed class LatencyUploadReader(BenchmarkCatalog catalog)
{
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private const string Dataset = "dataset";
    private const string Latencies = "latencies";

    /// <summary>The table, or the refusal.</summary>
    internal async Task<LatencyUpload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        bool isCsv = RequestBody.Is(request, MediaTypeNames.Text.Csv);
        if (!isCsv && !RequestBody.Is(request, MediaTypeNames.Application.Json))
        {
            return LatencyUpload.Refused(Problems.UnsupportedMediaType(request.ContentType, MediaTypeNames.Application.Json, MediaTypeNames.Text.Csv));
        }

        if (await RequestBody.ReadAsync(request, MaxBodyBytes, cancellationToken) is not { } body)
        {
            return LatencyUpload.Refused(Problems.BodyTooLarge(MaxBodyBytes));
        }

        return isCsv ? ReadCsv(request, body) : ReadJson(body);
    }

    private LatencyUpload ReadCsv(HttpRequest request, byte[] body)
    {
        QueryParameters query = new(request);
        string? dataset = query.Text(Dataset);
        if (query.Errors.Count > 0)
        {
            return LatencyUpload.Refused(Problems.Invalid(query.Errors));
        }

        MeasurementRows table = new(catalog.Tables.Space);
        MeasurementCsv.Read(body, table);
        return Build(dataset, table);
    }

    private LatencyUpload ReadJson(byte[] body)
    {
        JsonReading<LatencyDocument> reading = JsonBody.Read<LatencyDocument>(body);
        if (reading.Value is not { } upload)
        {
            return LatencyUpload.Refused(reading.Refusal!);
        }

        if (upload.Latencies.ValueKind != JsonValueKind.Array)
        {
            return LatencyUpload.Refused(Problems.Invalid(Latencies, "must be an array of rows"));
        }

        MeasurementRows table = new(catalog.Tables.Space);
        MeasurementJson.Read(upload.Latencies, table);
        return Build(upload.Dataset, table);
    }

    private LatencyUpload Build(string? dataset, MeasurementRows table)
    {
        List<FieldError> errors = [];
        if (dataset is null || !DeviceNames.IsValid(dataset))
        {
            string problem = dataset is null ? "is missing" : $"'{UntrustedText.Cut(dataset, 60)}' is no name of a data set";
            errors.Add(new(Dataset, $"{problem}; give one of {string.Join(", ", catalog.Tables.Datasets)}, or a name of your own: {DeviceNames.Rule}"));
        }

        if (!table.TryBuild(Latencies, out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> wrong))
        {
            errors.AddRange(wrong);
        }

        return errors.Count > 0 ? LatencyUpload.Refused(Problems.Invalid(errors)) : new LatencyUpload(dataset!, cells, null);
    }
}

/// <summary>What came of reading uploaded latencies.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Cells">The measured cells; empty when the upload was refused.</param>
/// <param name="Refusal">The answer to send when the upload is refused; otherwise null.</param>
internal sealed record LatencyUpload(string Dataset, IReadOnlyList<MeasuredCell> Cells, IResult? Refusal)
{
    /// <summary>A refused upload.</summary>
    public static LatencyUpload Refused(IResult refusal) => new("", [], refusal);
}

/// <summary>The JSON body of <c>PUT /devices/{name}</c>. The rows stay JSON here, so that each wrong one can be reported.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Latencies">Rows <c>{ "index" or "architecture", "latencyMs", "latencyUs", "latencyS" or "failed" }</c>, in any order.</param>
public sealed record LatencyDocument(string Dataset, JsonElement Latencies);
