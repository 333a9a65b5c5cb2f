using System.Net.Mime;
using System.Text.Json;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Uploads;
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

    /// <summary>The data set whose networks the latencies are of, and the measured cells.</summary>
    /// <exception cref="RefusedException">The upload is at fault.</exception>
    internal async Task<(string Dataset, IReadOnlyList<MeasuredCell> Cells)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] body = await RequestBody.ReadAsync(
            request, MaxBodyBytes, cancellationToken, MediaTypeNames.Application.Json, MediaTypeNames.Text.Csv);
        return RequestBody.Is(request, MediaTypeNames.Text.Csv) ? ReadCsv(request, body) : ReadJson(body);
    }

    private (string, IReadOnlyList<MeasuredCell>) ReadCsv(HttpRequest request, byte[] body)
    {
        QueryParameters query = new(request);
        string? dataset = query.Text(Dataset);
        query.Check();

        MeasurementRows table = new(catalog.Tables.Space);
        MeasurementCsv.Read(body, table);
        return Build(dataset, table);
    }

    private (string, IReadOnlyList<MeasuredCell>) ReadJson(byte[] body)
    {
        LatencyDocument upload = JsonBody.Read<LatencyDocument>(body);
        if (upload.Latencies.ValueKind != JsonValueKind.Array)
        {
            throw Problems.Invalid(Latencies, "must be an array of rows");
        }

        MeasurementRows table = new(catalog.Tables.Space);
        MeasurementJson.Read(upload.Latencies, table);
        return Build(upload.Dataset, table);
    }

    private (string, IReadOnlyList<MeasuredCell>) Build(string? dataset, MeasurementRows table)
    {
        List<FieldError> errors = [];
        if (dataset is null || !DeviceNames.IsValid(dataset))
        {
            string problem = dataset is null ? "is missing" : $"'{UntrustedText.Cut(dataset, 60)}' is no name of a data set";
            errors.Add(
                Dataset,
                $"{problem}; give one of {string.Join(", ", catalog.Tables.Datasets)}, or a name of your own: {DeviceNames.Rule}");
        }

        if (!table.TryBuild(Latencies, out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> wrong))
        {
            errors.AddRange(wrong);
        }

        Problems.Check(errors);
        return (dataset!, cells);
    }
}

/// <summary>The JSON body of <c>PUT /devices/{name}</c>. The rows stay JSON here, so that each wrong one can be reported.</summary>
/// <param name="Dataset">Data set whose networks the latencies are of.</param>
/// <param name="Latencies">
/// Rows <c>{ "index" or "architecture", "latencyMs", "latencyUs", "latencyS" or "failed" }</c>, in any order.
/// </param>
public sealed record LatencyDocument(string Dataset, JsonElement Latencies);
